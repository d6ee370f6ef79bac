"""A phone on pjsua2: registers, calls or answers, and prints one line for each thing that happens.

Reads its order as JSON from the first argument. Runs until it is killed.
"""

import json
import sys

import pjsua2 as pj

import pjsua2_endpoint
from pjsua2_endpoint import say

order = json.loads(sys.argv[1])


class Call(pj.Call):
    def onCallState(self, prm):
        info = self.getInfo()
        say(f"call {info.stateText} {info.lastStatusCode}")


class Account(pjsua2_endpoint.Account):
    calls = []

    def onIncomingCall(self, prm):
        call = Call(self, prm.callId)
        self.calls.append(call)
        answer = pj.CallOpParam()
        answer.statusCode = 200
        call.answer(answer)


endpoint = pjsua2_endpoint.start(order["transport"], order["port"], order.get("log", 0))

account_config = pj.AccountConfig()
account_config.idUri = f"sip:{order['user']}@{order['realm']}"
account_config.regConfig.registrarUri = f"sip:{order['realm']};transport={order['transport']}"
account_config.regConfig.timeoutSec = 60
account_config.sipConfig.proxies.append(order["proxy"])
account_config.sipConfig.authCreds.append(
    pj.AuthCredInfo("digest", "*", order["name"], 0, order["password"])
)
account_config.mediaConfig.transportConfig.boundAddress = "127.0.0.1"
account = Account()
account.create(account_config)

# Runs until the call has ended or the caller of this program kills it.
call = None
while True:
    endpoint.libHandleEvents(20)
    number = order.get("call")
    if number and call is None and account.getInfo().regStatus == 200:
        call = Call(account)
        call.makeCall(f"sip:{number}@{order['realm']}", pj.CallOpParam(True))
    if call and call.isActive() and call.getInfo().connectDuration.sec >= 1:
        call.hangup(pj.CallOpParam())
