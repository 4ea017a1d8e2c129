import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { parse } from "node-html-parser";
import type { Emission } from "../../harness/emission/emission.ts";
import type { MockIdp } from "../../harness/idp/mock-idp.ts";
import { startProtocolDriver } from "../../harness/transport/protocol/protocol.ts";

/** A server on loopback whose origin is known before its application exists. */
export async function listen(): Promise<{ readonly server: Server; readonly origin: string }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new TypeError("no port was given");
  return { server, origin: `http://127.0.0.1:${address.port}` };
}

/** A port that is free now: it has to be known before a program starts, because its address is registered first. */
export async function freePort(): Promise<number> {
  const { server, origin } = await listen();
  server.close();
  await once(server, "close");
  return Number(new URL(origin).port);
}

/** What a person sees at the end: the words of `#page` and `#user`, and how often the IdP asked. */
export interface Shown {
  readonly page: string | undefined;
  readonly user: string | undefined;
  readonly signIns: number;
}

/** Signs `user` in at a portal's protected page, with this emission, by plain HTTP. */
export async function signInAt(
  start: string,
  idp: MockIdp,
  emission: Emission,
  user: string,
): Promise<Shown> {
  await using driver = startProtocolDriver();
  const choice = idp.offer(emission, user);
  const signal = AbortSignal.timeout(15_000);
  const plan = { start, idpOrigin: idp.origin, user, choice, maxSignIns: 3, signal };
  const { page, signIns } = await driver.signIn(plan);
  const root = parse(page.html);
  return { page: root.getElementById("page")?.text, user: root.getElementById("user")?.text, signIns };
}

/** A user who belongs to one case alone, so that no other case's session can be taken for his. */
export function userOf(name: string): string {
  return `${name.replaceAll(/\W+/g, "-")}@partner.example`;
}
