import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { startProtocolDriver } from "../../../harness/transport/protocol/protocol.ts";
import { planFor, serve } from "./serve.ts";

const PAGE = "<p>Grüße</p>";

test.each([
  { name: "gzip", body: gzipSync(PAGE), encoding: "gzip", type: "text/html" },
  { name: "deflate", body: deflateSync(PAGE), encoding: "deflate", type: "text/html; charset=utf-8" },
  { name: "brotli", body: brotliCompressSync(PAGE), encoding: "br", type: "text/html" },
  {
    name: "Latin-1",
    body: Buffer.from(PAGE, "latin1"),
    encoding: "identity",
    type: "text/html;charset=ISO-8859-1",
  },
  {
    name: "UTF-16",
    body: Buffer.from(PAGE, "utf16le"),
    encoding: "identity",
    type: 'text/html; charset="utf-16le"',
  },
  {
    name: "no charset that there is",
    body: Buffer.from(PAGE),
    encoding: "identity",
    type: "text/html; charset=klingon",
  },
  { name: "no gzip", body: Buffer.from(PAGE), encoding: "gzip", type: "text/html" },
])("a body in $name is read", async ({ body, encoding, type }) => {
  await using server = await serve((_request, response) =>
    response.setHeader("content-encoding", encoding).setHeader("content-type", type).end(body),
  );
  await using driver = startProtocolDriver();
  const { page } = await driver.signIn(planFor(server.origin));
  expect(page.html).toBe(PAGE);
});
