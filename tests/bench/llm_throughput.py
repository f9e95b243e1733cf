# SPDX-License-Identifier: Apache-2.0
"""Requests per second of a Python client: llm_throughput.py CLIENT URL REQUESTS IN_FLIGHT whole|stream SECONDS.

CLIENT is "httpx" (the bare HTTP library) or "openai" (OpenAI's own package), both with asyncio. Stops early
after SECONDS. Prints the rate, CPU microseconds a request and the requests made; exit 77 where the client
isn't installed, 1 where an answer is not the expected one.
"""
import asyncio
import sys
import time

MESSAGES = [{"role": "system", "content": "You write Verilog."}, {"role": "user", "content": "A wire. " * 40}]


def httpx_asker(url, in_flight, stream):
    import httpx
    import json

    limits = httpx.Limits(max_connections=in_flight, max_keepalive_connections=in_flight)
    client = httpx.AsyncClient(limits=limits, timeout=600, trust_env=False)

    async def ask(number):
        body = {"model": "scripted", "temperature": 0.8, "max_tokens": 512, "seed": number,
                "stream": stream, "messages": MESSAGES}
        if not stream:
            answer = await client.post(url + "/chat/completions", json=body)
            answer.raise_for_status()
            return answer.json()["choices"][0]["message"]["content"]
        text = ""
        async with client.stream("POST", url + "/chat/completions", json=body) as answer:
            answer.raise_for_status()
            async for line in answer.aiter_lines():
                if line.startswith("data: ") and line != "data: [DONE]":
                    for choice in json.loads(line[6:])["choices"]:
                        text += choice["delta"].get("content") or ""
        return text

    return ask


def openai_asker(url, in_flight, stream):
    import httpx
    import openai

    limits = httpx.Limits(max_connections=in_flight, max_keepalive_connections=in_flight)
    client = openai.AsyncOpenAI(base_url=url, api_key="none", http_client=httpx.AsyncClient(
        limits=limits, timeout=600, trust_env=False))

    async def ask(number):
        answer = await client.chat.completions.create(
            model="scripted", temperature=0.8, max_tokens=512, seed=number, stream=stream, messages=MESSAGES)
        if not stream:
            return answer.choices[0].message.content
        text = ""
        async for event in answer:
            for choice in event.choices:
                text += choice.delta.content or ""
        return text

    return ask


async def run(client, url, requests, in_flight, stream, seconds):
    ask = {"httpx": httpx_asker, "openai": openai_asker}[client](url, in_flight, stream)
    await ask(0)
    numbers = iter(range(requests))
    made = 0
    begun, cpu = time.perf_counter(), time.process_time()

    async def worker():
        nonlocal made
        for number in numbers:
            if "endmodule" not in await ask(number):
                sys.exit("the answer is not the expected one")
            made += 1
            if time.perf_counter() - begun > seconds:
                return

    await asyncio.gather(*(worker() for _ in range(in_flight)))
    print(made / (time.perf_counter() - begun), 1e6 * (time.process_time() - cpu) / made, made)


try:
    asyncio.run(run(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5] == "stream",
                    float(sys.argv[6])))
except ImportError:
    sys.exit(77)
