"""pjsua, as far as it registers: reads its options as pjsua_app_config.c does, and registers by pjsua2.

Options of the command line follow those of the file. Runs until it is killed.
"""

import getopt
import os
import sys

import pjsua2 as pj

sys.path.append(os.path.join(os.path.dirname(__file__), os.pardir))
import pjsua2_endpoint

LONGEST_LINE = 199
WITH_VALUE = ["bound-addr", "config-file", "id", "local-port", "password", "proxy", "realm", "reg-timeout",
              "registrar", "use-srtp", "username"]
WITHOUT_VALUE = ["disable-stun"]


def lines(path):
    """Reads a file by pieces no longer than pjsua's buffer, as fgets does."""
    with open(path, "rb") as file:
        while line := file.readline(LONGEST_LINE):
            yield line.rstrip(b"\r\n")


def words(line):
    """Takes a line apart at blanks. Each kind of quote ends with itself; a '#' first ends the line."""
    blanks = b" \t\r\n"
    place = 0
    while place < len(line):
        while place < len(line) and line[place] in blanks:
            place += 1
        if place == len(line):
            return
        begin = place
        if line[place] in b"\"'":
            begin, quote = place + 1, line[place]
            place = line.find(bytes([quote]), begin)
            place = len(line) if place < 0 else place
        else:
            while place < len(line) and line[place] not in blanks:
                place += 1
        word = line[begin:place]
        place += 1
        if word.startswith(b"#"):
            return
        if word:
            yield word.decode()


def parse(arguments):
    long_options = [f"{name}=" for name in WITH_VALUE] + WITHOUT_VALUE
    options, rest = getopt.gnu_getopt(arguments, "", long_options)
    assert not rest, f"pjsua would call {rest}"
    return {name.removeprefix("--"): value for name, value in options}


command_line = sys.argv[1:]
in_file = [word for line in lines(parse(command_line)["config-file"]) for word in words(line)]
options = parse(in_file + command_line)

endpoint = pjsua2_endpoint.start("udp", int(options["local-port"]))
config = pj.AccountConfig()
config.idUri = options["id"]
config.regConfig.registrarUri = options["registrar"]
config.regConfig.timeoutSec = int(options["reg-timeout"])
config.sipConfig.proxies.append(options["proxy"])
credential = pj.AuthCredInfo("Digest", options["realm"], options["username"], 0, options["password"])
config.sipConfig.authCreds.append(credential)
config.mediaConfig.srtpUse = int(options["use-srtp"])
config.mediaConfig.transportConfig.boundAddress = options["bound-addr"]
account = pjsua2_endpoint.Account()
account.create(config)
while True:
    endpoint.libHandleEvents(20)
