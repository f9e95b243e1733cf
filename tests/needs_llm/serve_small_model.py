# SPDX-License-Identifier: Apache-2.0
"""llama.cpp's server on a free port of loopback: serve_small_model.py WEIGHTS URL_FILE.

Writes its URL into URL_FILE once it answers, and ends when standard input does.
"""
import os
import socket
import sys
import time
import urllib.request

import xllamacpp


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main():
    weights, url_file = sys.argv[1:]
    params = xllamacpp.CommonParams()
    params.model.path = weights
    params.n_ctx = 4 * 2048
    params.n_parallel = 4
    params.port = free_port()
    server = xllamacpp.Server(params)
    root = "http://127.0.0.1:%d" % params.port
    # It answers 503 while it loads.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(600):
        try:
            opener.open(root + "/health", timeout=5).read()
            break
        except OSError:
            time.sleep(0.1)
    with open(url_file + ".part", "w") as file:
        file.write(root + "/v1")
    os.rename(url_file + ".part", url_file)
    sys.stdin.read()
    del server
    os._exit(0)


main()
