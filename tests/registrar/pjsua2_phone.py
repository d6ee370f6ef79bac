"""A phone on pjsua2: registers, calls or answers, and prints one line for each thing that happens.

Reads its order as JSON from the first argument. Runs until it is killed.
"""

import ctypes
import glob
import json
import os
import sys

import pjsua2 as pj

# This build takes MD5 from the OpenSSL 1.0 beside it, and never registers its digests.
libraries = os.path.join(os.path.dirname(pj.__file__), os.pardir, "pjsua2_python.libs")
[crypto] = glob.glob(os.path.join(libraries, "libcrypto-*"))
ctypes.CDLL(crypto).OPENSSL_add_all_algorithms_noconf()

order = json.loads(sys.argv[1])


def say(text):
    print(text, flush=True)


class Call(pj.Call):
    def onCallState(self, prm):
        info = self.getInfo()
        say(f"call {info.stateText} {info.lastStatusCode}")


class Account(pj.Account):
    calls = []

    def onRegState(self, prm):
        if prm.expiration > 0 or prm.code // 100 != 2:
            say(f"registration {prm.code}")

    def onIncomingCall(self, prm):
        call = Call(self, prm.callId)
        self.calls.append(call)
        answer = pj.CallOpParam()
        answer.statusCode = 200
        call.answer(answer)


endpoint = pj.Endpoint()
endpoint.libCreate()
config = pj.EpConfig()
config.logConfig.level = order.get("log", 0)
config.logConfig.consoleLevel = order.get("log", 0)
config.uaConfig.threadCnt = 0
config.uaConfig.mainThreadOnly = True
config.medConfig.noVad = True
endpoint.libInit(config)
transport = pj.TransportConfig()
transport.port = order["port"]
transport.boundAddress = "127.0.0.1"
kind = {"udp": pj.PJSIP_TRANSPORT_UDP, "tcp": pj.PJSIP_TRANSPORT_TCP}[order["transport"]]
endpoint.transportCreate(kind, transport)
endpoint.libStart()
endpoint.audDevManager().setNullDev()

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
