"""What phones on pjsua2 share: the library, ready to be used, and an account that says what happens."""

import ctypes
import glob
import os

import pjsua2 as pj

# This build takes MD5 from the OpenSSL 1.0 beside it, and never registers its digests.
libraries = os.path.join(os.path.dirname(pj.__file__), os.pardir, "pjsua2_python.libs")
[crypto] = glob.glob(os.path.join(libraries, "libcrypto-*"))
ctypes.CDLL(crypto).OPENSSL_add_all_algorithms_noconf()


def say(text):
    print(text, flush=True)


class Account(pj.Account):
    def onRegState(self, prm):
        if prm.expiration > 0 or prm.code // 100 != 2:
            say(f"registration {prm.code}")


def start(transport, port, log=0):
    """Starts the library on a loopback port and returns it. The caller handles its events."""
    endpoint = pj.Endpoint()
    endpoint.libCreate()
    config = pj.EpConfig()
    config.logConfig.level = log
    config.logConfig.consoleLevel = log
    config.uaConfig.threadCnt = 0
    config.uaConfig.mainThreadOnly = True
    config.medConfig.noVad = True
    endpoint.libInit(config)
    listening = pj.TransportConfig()
    listening.port = port
    listening.boundAddress = "127.0.0.1"
    kind = {"udp": pj.PJSIP_TRANSPORT_UDP, "tcp": pj.PJSIP_TRANSPORT_TCP}[transport]
    endpoint.transportCreate(kind, listening)
    endpoint.libStart()
    endpoint.audDevManager().setNullDev()
    return endpoint
