sipexer -register -cb -sd -fuser 'o%24neil%26co' -au 'o$neil&co' -ap 'a"b'\''c<d>e&f;g\h$i%j#k l=m' -ex 3600 udp:office.1a2b3c.auth.bandwidth.com:5072
