"""A model's endpoint for measurements: OpenAI-shaped, on loopback, with a fixed delay and an honest count.

It answers with bullets that quote the records it is shown, so that Flow's checks take its answers. It counts calls and
connections, by the first record of each: a call that is begun counts, whether or not anybody waits for its answer.

    python3 Benchmarks/model_server.py --port 8099 --delay-ms 200
    curl -s http://127.0.0.1:8099/counts
"""

import argparse
import asyncio
import json
import re

HEAD = re.compile(r"^s(\d+) · ")


def bullets(message: str) -> str:
    lines, head = [], None
    for line in message.split("\n"):
        found = HEAD.match(line)
        if found:
            head = found.group(1)
        elif head and line.startswith("| ") and len(line) > 2:
            lines.append("- " + " ".join(line[2:].split()[:12]) + f" [s{head}]")
            head = None
    return "\n".join(lines) or "- nothing [s1]"


class Server:
    def __init__(self, delay: float, answer=None):
        self.delay = delay
        self.answer = answer or (lambda message: bullets(message))
        self.calls: dict[str, int] = {}
        self.connections = 0
        self.usage = {"prompt_tokens": 0, "completion_tokens": 0}

    async def serve(self, reader, writer):
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"(?i)content-length: *(\d+)", head)
                body = await reader.readexactly(int(length.group(1))) if length else b""
                if head.startswith(b"GET /counts"):
                    self.write(writer, self.counts())
                else:
                    await self.chat(writer, body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def chat(self, writer, body):
        request = json.loads(body)
        message = request["messages"][-1]["content"]
        first = HEAD.search(message) or re.search(r"(?m)^s(\d+) · ", message)
        # The same summary in another project begins with the same number.
        key = str(hash(message))
        self.calls[key] = self.calls.get(key, 0) + 1
        await asyncio.sleep(self.delay)
        text = self.answer(message)
        prompt = sum(len(part["content"]) for part in request["messages"]) // 4
        usage = {"prompt_tokens": prompt, "completion_tokens": len(text) // 4}
        for name in usage:
            self.usage[name] += usage[name]
        self.write(
            writer,
            {
                "id": "x", "object": "chat.completion", "created": 1, "model": request["model"],
                "choices": [
                    {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
                ],
                "usage": usage | {"total_tokens": sum(usage.values())},
            },
        )

    def counts(self):
        return {
            "calls": sum(self.calls.values()), "distinct": len(self.calls), "connections": self.connections,
            "usage": self.usage,
        }

    @staticmethod
    def write(writer, value):
        body = json.dumps(value).encode()
        writer.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body) + body
        )


async def run(port: int, delay: float, ready=None, answer=None):
    state = Server(delay, answer)
    server = await asyncio.start_server(state.serve, "127.0.0.1", port, limit=1 << 24)
    port = server.sockets[0].getsockname()[1]
    print(f"listening http://127.0.0.1:{port}/v1", flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--delay-ms", type=float, default=200)
    options = parser.parse_args()
    asyncio.run(run(options.port, options.delay_ms / 1000))
