import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { HarnessError } from "../../../../harness/errors.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";

const NO_URL = {
  code: "ERR_CONFIG_INVALID",
  message: "the address of Redis is no redis:// URL",
  hint: "Write it like redis://127.0.0.1:6379, or redis://user:password@host:6379/1.",
};

test.each(["", "127.0.0.1:6379", "http://127.0.0.1:6379", "redis://", "redis:6379"])(
  "%s is no address of Redis",
  async (redis) => {
    await expect(startIdp({ redis })).rejects.toMatchObject(NO_URL);
  },
);

/** A port where nobody listens, or somebody who hangs up. */
async function portOf(kind: "nobody" | "somebody else"): Promise<{ port: number; close: () => void }> {
  const server = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")).listen(
    0,
    "127.0.0.1",
  );
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new TypeError("no port was given");
  if (kind === "nobody") server.close();
  return { port: address.port, close: () => server.close() };
}

test.each(["nobody", "somebody else"] as const)(
  "%s answers as Redis: told without the password",
  async (kind) => {
    const { port, close } = await portOf(kind);
    const redis = `redis://user:pass-word@127.0.0.1:${port}/2`;
    const error: unknown = await startIdp({ redis }).catch((reason: unknown) => reason);
    close();
    const text =
      error instanceof HarnessError ? `${error.code} ${error.message} ${error.hint}` : String(error);
    expect(text).toContain(`ERR_REDIS_UNREACHABLE Redis at 127.0.0.1:${port} does not answer: `);
    expect(text).not.toContain("pass-word");
  },
);
