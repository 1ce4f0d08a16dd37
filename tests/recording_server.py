"""Small servers that stand in for Qdrant: they answer as they are told, and write down what was asked."""

import json
import socket
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import grpc
from qdrant_client import grpc as messages

from indexer.store.server.settings import ServerSettings

Answers = Mapping[str, tuple[int, object]]

NEW = (200, {"title": "qdrant", "version": "1.20.3"})
ALIASES = (200, {"result": {"aliases": []}, "status": "ok", "time": 0.0})
UNKNOWN = (404, {"status": {"error": "Not found: Collection `gone` doesn't exist!"}, "time": 0.0})
REFUSED = (401, "Invalid API key or JWT")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its verb, its path without the query, and what it carried."""

    verb: str
    path: str
    content: dict[str, object]


@contextmanager
def recording_server(answers: Answers) -> Iterator[tuple[ServerSettings, list[Asked]]]:
    """Answers each path so, and only those with the key "right"; gRPC is not answered."""
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            content = self.rfile.read(int(self.headers["Content-Length"] or 0))
            asked.append(Asked(self.command, path, json.loads(content or b"{}")))
            allowed = path == "/" or self.headers["api-key"] == "right"
            code, answer = answers.get(path, UNKNOWN) if allowed else REFUSED
            body = json.dumps(answer).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_PUT = do_POST = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            address = f"http://127.0.0.1:{server.server_port}"
            yield ServerSettings(address, "right", grpc_port=free_port()), asked
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def grpc_port() -> Iterator[int]:
    """Where gRPC answers: to what version there is, and with one alias called "over gRPC"."""
    alias = messages.AliasDescription(alias_name="over gRPC", collection_name="any")
    health = messages.HealthCheckReply(title="qdrant", version="1.20.3")
    replies: dict[str, bytes] = {
        "/qdrant.Qdrant/HealthCheck": health.SerializeToString(),
        "/qdrant.Collections/ListAliases": messages.ListAliasesResponse(aliases=[alias]).SerializeToString(),
    }

    class Handler(grpc.GenericRpcHandler):  # type: ignore[misc]
        def service(self, details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler:
            return grpc.unary_unary_rpc_method_handler(lambda request, context: replies[details.method])

    server = grpc.server(ThreadPoolExecutor(2), handlers=[Handler()])
    port: int = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield port
    finally:
        server.stop(None).wait()


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
