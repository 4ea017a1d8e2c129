import { expect, test } from "vitest";
import { isLoopback, unreachable } from "../../../harness/transport/loopback.ts";

test.each([
  { url: "http://127.0.0.1:8080/x", loopback: true },
  { url: "http://127.8.9.10/", loopback: true },
  { url: "http://127.1/", loopback: true },
  { url: "http://2130706433/", loopback: true }, // 127.0.0.1 as one number
  { url: "https://localhost/", loopback: true },
  { url: "http://[::1]:1/", loopback: true },
  { url: "http://127.0.0.1.partner.example/", loopback: false },
  { url: "http://localhost.partner.example/", loopback: false },
  { url: "http://127.0.0.1@partner.example/", loopback: false },
  { url: "http://0.0.0.0/", loopback: false },
  { url: "http://10.0.0.1/", loopback: false },
  { url: "http://[::ffff:10.0.0.1]/", loopback: false },
  { url: "https://partner.example/", loopback: false },
  { url: "file:///etc/hosts", loopback: false },
  { url: "ftp://127.0.0.1/", loopback: false },
])("$url → $loopback", ({ url, loopback }) => {
  expect(isLoopback(new URL(url))).toBe(loopback);
});

test.each([
  { cause: "socket hang up", says: "127.0.0.1:9 did not answer: socket hang up", todo: /^Start the partner/ },
  { cause: "connect ECONNREFUSED 127.0.0.1:9", says: "nothing answers at 127.0.0.1:9", todo: /^Start/ },
  {
    cause: "write EPROTO 40:error:0A00010B:SSL",
    says: "127.0.0.1:9 does not talk TLS",
    todo: /^Write http /,
  },
  {
    cause: "self-signed certificate",
    says: "127.0.0.1:9 did not answer: self-signed certificate",
    todo: /NODE_EXTRA_CA_CERTS/,
  },
])("$cause: $says", ({ cause, says, todo }) => {
  const failure = unreachable(new URL("http://127.0.0.1:9/x?secret=1"), new Error(cause));
  expect(failure).toMatchObject({ code: "ERR_TARGET_UNREACHABLE", message: says });
  expect(failure.hint).toMatch(todo);
});
