sipexer -register -cb -sd -fuser 'bob%40somewhere.com' -au 'bob@somewhere.com' -ap 0123456789abcdef0123456789abcdef -ha1 -ex 3600 udp:office.1a2b3c.auth.bandwidth.com:5072
