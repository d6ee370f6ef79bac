"""Drives a Twilio-shaped service with Twilio's own client, as told on standard input.

Reads one JSON object: base, account, user, secret and steps, a list of [name, arguments]. Writes one
JSON list: what each step returned, or the error that the client raised.
"""

import json
import sys
import time
from urllib.parse import parse_qs

from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

OVER = {"busy", "canceled", "completed", "failed", "no-answer"}
PATIENCE_SECONDS = 40


def described(call):
    names = "sid to status direction price_unit api_version duration uri account_sid"
    values = {name: getattr(call, name) for name in names.split()}
    values["from"] = call._from
    for name in ("date_created", "start_time", "end_time"):
        moment = getattr(call, name)
        values[name] = moment and moment.isoformat()
    return values


def until(client, sid, wanted):
    """Returns every status that was seen, up to one of those wanted."""
    seen = []
    patience = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < patience:
        call = client.calls(sid).fetch()
        if not seen or seen[-1] != call.status:
            seen.append(call.status)
        if call.status in wanted:
            return {"seen": seen, "call": described(call)}
        time.sleep(0.05)
    raise TimeoutError(f"the call stayed {seen}")


class Steps:
    def __init__(self, client):
        self.client = client
        self.sid = None

    def create(self, **form):
        call = self.client.calls.create(**form)
        self.sid = call.sid
        return described(call)

    def to_the_end(self):
        return until(self.client, self.sid, OVER)

    def to_progress(self):
        return until(self.client, self.sid, {"in-progress"})

    def to_ringing(self):
        return until(self.client, self.sid, {"ringing"})

    def update(self, **form):
        return described(self.client.calls(self.sid).update(**form))

    def fetch(self, sid):
        return described(self.client.calls(sid).fetch())

    def calls(self, **filters):
        return [call.sid for call in self.client.calls.list(**filters)]

    def notifications(self):
        notes = self.client.calls(self.sid).notifications.list()
        return [
            {
                "error_code": note.error_code,
                "log": note.log,
                "more_info": note.more_info,
                "message": parse_qs(note.message_text)["Msg"][0],
            }
            for note in notes
        ]

    def numbers(self):
        own = [one.phone_number for one in self.client.incoming_phone_numbers.list()]
        shown = [one.phone_number for one in self.client.outgoing_caller_ids.list()]
        return own + shown

    def account(self):
        account = self.client.api.v2010.accounts(self.client.account_sid).fetch()
        return account.status


def main():
    order = json.load(sys.stdin)
    client = Client(order["user"], order["secret"], account_sid=order["account"])
    client.api.base_url = order["base"]
    steps = Steps(client)
    outcomes = []
    for name, arguments in order["steps"]:
        try:
            outcomes.append(getattr(steps, name)(**arguments))
        except TwilioRestException as refused:
            outcomes.append({"status": refused.status, "code": refused.code, "msg": refused.msg})
    json.dump(outcomes, sys.stdout)


main()
