"""From a CSV file to hashed XML bodies of a hundred SIP credentials each, by the standard library.

Prints the seconds that it took and how many bytes came out.
"""

import csv
import hashlib
import sys
import time
from xml.sax.saxutils import escape

TOGETHER = 100


def digest(text):
    return hashlib.md5(text.encode()).hexdigest()


def item(row):
    user, realm, password = row["User name"], row["Realm"], row["Password"]
    hash1 = digest(f"{user}:{realm}:{password}")
    hash1b = digest(f"{user}@{realm}:{realm}:{password}")
    return (
        "  <SipCredential>\n"
        f"    <UserName>{escape(user)}</UserName>\n"
        f"    <Hash1>{hash1}</Hash1>\n"
        f"    <Hash1b>{hash1b}</Hash1b>\n"
        "  </SipCredential>\n"
    )


def body(items):
    return "<SipCredentials>\n" + "".join(items) + "</SipCredentials>"


def main(path):
    began = time.perf_counter()
    length, items = 0, []
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            items.append(item(row))
            if len(items) == TOGETHER:
                length += len(body(items).encode())
                items = []
    if items:
        length += len(body(items).encode())
    print(time.perf_counter() - began, length)


main(sys.argv[1])
