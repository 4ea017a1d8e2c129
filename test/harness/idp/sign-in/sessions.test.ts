import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import type { Channel } from "../../../../harness/emission/channels.ts";
import { makeChoices } from "../../../../harness/idp/choices.ts";
import { makeSessions, type OpenSession, type Sessions } from "../../../../harness/idp/sign-in/sessions.ts";
import { makeMemoryStore } from "../../../../harness/idp/store/memory.ts";
import type { SignedIn } from "../../../../harness/idp/sign-in/signed-in.ts";
import { emissionOf } from "../relying-party.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<OpenSession | undefined>;

/** What came of a request, and the cookie that its user agent has afterwards. */
interface Answered {
  readonly open: OpenSession | undefined;
  readonly lines: readonly string[];
  readonly cookie: string;
}

/** Sends one request with a cookie to a server that does one thing with its sessions. */
async function ask(cookie: string, answer: Answer): Promise<Answered> {
  let open: OpenSession | undefined;
  const server = createServer((request, response) => {
    const end = async (): Promise<void> => {
      open = await answer(request, response);
      response.end();
    };
    void end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = readAddress(server.address());
  const { headers } = await fetch(`http://127.0.0.1:${port}/`, { headers: { cookie, connection: "close" } });
  await new Promise((resolve) => server.close(resolve));
  const lines = headers.getSetCookie();
  return { open, lines, cookie: lines[0]?.split(";")[0] ?? cookie };
}

function readAddress(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("not listening");
  return address;
}

function signedIn(channel: Channel, user = "a", at = 7): SignedIn {
  const emission = emissionOf({ channel, profile: "password-only" });
  return { choice: `chosen for ${channel}`, emission, performed: { user, methods: ["password"], at } };
}

function sessionsAt(base: string): Sessions {
  return makeSessions({ base: () => base, choices: makeChoices(), store: makeMemoryStore() });
}

test.each([
  {
    base: "http://127.0.0.1:8080",
    line: /^mfa_idp_8080_sso=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/,
  },
  {
    base: "http://127.0.0.1:8080/fault/wrong-nonce",
    line: /^mfa_idp_8080_fault_wrong_nonce_sso=[\w-]{43}; Path=\/fault\/wrong-nonce; HttpOnly; SameSite=Lax$/,
  },
  {
    base: "https://idp.example",
    line: /^mfa_idp__sso=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
  },
])("the cookie of $base", async ({ base, line }) => {
  const sessions = sessionsAt(base);
  const { lines } = await ask("", (_, response) => sessions.start(response, signedIn("saml")));
  expect(lines).toEqual([expect.stringMatching(line)]);
});

test("a session is found by its cookie until it ends, and by no other", async () => {
  const sessions = sessionsAt("http://127.0.0.1:1");
  const begun = await ask("", (_, response) => sessions.start(response, signedIn("saml")));
  const find = (cookie: string): Promise<Answered> =>
    ask(cookie, (request) => sessions.find(request, ["saml"]));
  expect((await find(`other=1; ${begun.cookie}; more=2`)).open).toEqual({
    ...signedIn("saml"),
    session: begun.open?.session,
  });
  expect(begun.cookie).not.toContain(begun.open?.session);
  for (const cookie of [
    "",
    `x${begun.cookie}`,
    `${begun.cookie}x`,
    "mfa_idp_1_sso=",
    "mfa_idp_1_sso=__proto__",
  ]) {
    expect((await find(cookie)).open).toBeUndefined();
  }
  const ended = await ask(begun.cookie, sessions.end);
  expect(ended.open?.session).toBe(begun.open?.session);
  expect(ended.lines).toEqual(["mfa_idp_1_sso=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"]);
  expect((await find(begun.cookie)).open).toBeUndefined();
  expect((await ask(begun.cookie, sessions.end)).lines).toEqual([]);
});

test("a person has one session on all channels; each says what was chosen for it, or the preselected", async () => {
  const sessions = sessionsAt("http://127.0.0.1:1");
  const saml = await ask("", (_, response) => sessions.start(response, signedIn("saml")));
  const both = await ask(saml.cookie, (_, response) => sessions.start(response, signedIn("oidc", "a", 9)));
  expect(both.open?.session).toBe(saml.open?.session);
  expect(both.cookie).not.toBe(saml.cookie);
  const found = async (channels: readonly Channel[]) => {
    const { open } = await ask(both.cookie, (request) => sessions.find(request, channels));
    return [open?.choice, open?.performed.at];
  };
  expect(await found(["saml"])).toEqual(["chosen for saml", 7]);
  expect(await found(["oidc", "partner-api"])).toEqual(["chosen for oidc", 9]);
  expect(await found(["wsfed"])).toEqual(["wsfed-password-and-otp", 9]);
  expect((await ask(saml.cookie, (request) => sessions.find(request, ["saml"]))).open).toBeUndefined();
});

test("of two sign-ins that could answer, the last one does", async () => {
  const sessions = sessionsAt("http://127.0.0.1:1");
  const first = await ask("", (_, response) => sessions.start(response, signedIn("oidc")));
  const second = await ask(first.cookie, (_, response) => sessions.start(response, signedIn("partner-api")));
  const { open } = await ask(second.cookie, (request) => sessions.find(request, ["oidc", "partner-api"]));
  expect(open?.choice).toBe("chosen for partner-api");
});

test("another person gets a session of their own", async () => {
  const sessions = sessionsAt("http://127.0.0.1:1");
  const first = await ask("", (_, response) => sessions.start(response, signedIn("saml", "a")));
  const second = await ask(first.cookie, (_, response) => sessions.start(response, signedIn("oidc", "b")));
  expect(second.open?.session).not.toBe(first.open?.session);
  const { open } = await ask(second.cookie, (request) => sessions.find(request, ["saml"]));
  expect([open?.choice, open?.performed.user]).toEqual(["saml-password-and-otp", "b"]);
  expect((await ask(first.cookie, (request) => sessions.find(request, ["saml"]))).open).toBeUndefined();
});
