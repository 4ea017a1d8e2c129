import { createServer } from "node:http";
import { expect, test } from "vitest";
import { hostInUrl, isLoopback, listen, readHost, stopListening } from "../../../harness/idp/listen.ts";

test.each([
  { host: "127.0.0.1", url: "127.0.0.1", loopback: true },
  { host: "127.1.2.3", url: "127.1.2.3", loopback: true },
  { host: "localhost", url: "localhost", loopback: true },
  { host: "::1", url: "[::1]", loopback: true },
  { host: "0.0.0.0", url: "127.0.0.1", loopback: false },
  { host: "::", url: "127.0.0.1", loopback: false },
  { host: "192.0.2.1", url: "192.0.2.1", loopback: false },
  { host: "idp.example.test", url: "idp.example.test", loopback: false },
  { host: "2001:db8::1", url: "[2001:db8::1]", loopback: false },
])("$host is written $url; loopback: $loopback", ({ host, url, loopback }) => {
  expect(readHost(host)).toBe(host);
  expect([hostInUrl(host), isLoopback(host)]).toEqual([url, loopback]);
});

test.each(["", "a b", "http://127.0.0.1", "127.0.0.1/", "1:2:3", "user@localhost"])(
  "%j is no host",
  (host) => {
    expect(() => readHost(host)).toThrowError(
      expect.objectContaining({
        code: "ERR_USAGE",
        message: `${JSON.stringify(host)} is no address to listen on`,
      }),
    );
  },
);

test.each([
  { host: "192.0.2.1", message: "port 0 on 192.0.2.1 is none of this machine" },
  { host: "name.invalid", message: "port 0 on name.invalid is none of this machine" },
])("listening on $host is refused in one sentence", async ({ host, message }) => {
  await expect(listen(createServer(), host, 0)).rejects.toMatchObject({ code: "ERR_USAGE", message });
});

test("what does not listen stays as it is", async () => {
  await expect(stopListening(createServer())).resolves.toBeUndefined();
});
