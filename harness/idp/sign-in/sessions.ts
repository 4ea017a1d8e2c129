import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Channel } from "../../emission/channels.ts";
import type { Choices } from "../choices.ts";
import type { SignedIn } from "./signed-in.ts";
import type { Store } from "../store/store.ts";

/** A sign-in that one user agent may use again without being asked. */
export interface OpenSession extends SignedIn {
  /** Names the session for as long as it lasts, e.g. in a SessionIndex; nobody gets into it by this name. */
  readonly session: string;
}

/**
 * Who is signed in at this IdP, by a cookie of the user agent. One session serves every protocol but the external
 * methods, which Entra asks for anew each time; a driver with fresh cookies never finds one.
 */
export interface Sessions {
  /**
   * The open session of whoever sends this request.
   *
   * @param channels that the answer may have. The sign-in that was last made on one of them says again what it said;
   * after sign-ins on others only, the person is the same, `performed` stays, and the preselected choice speaks.
   */
  readonly find: (request: IncomingMessage, channels: readonly Channel[]) => Promise<OpenSession | undefined>;
  /**
   * Opens a session, before the answer's headers are sent. The same person keeps the session that was open and what it
   * says on other channels, under a new cookie; anybody else gets a new one.
   */
  readonly start: (response: ServerResponse, signedIn: SignedIn) => Promise<OpenSession>;
  /** Closes the session of whoever sends this request, and says which one it was; undefined: there was none. */
  readonly end: (request: IncomingMessage, response: ServerResponse) => Promise<OpenSession | undefined>;
}

interface Kept {
  readonly session: string;
  /** Newest last; at most one for each channel. */
  readonly signIns: readonly [...SignedIn[], SignedIn];
}

/** Sessions that are kept at a time, and for how long. */
const BOUNDS = { limit: 1000, ttlSeconds: 86_400 };

/** Cookies of one port go to every port of 127.0.0.1, and those of one path to those below, so both are in the name. */
function cookieName({ port, pathname }: URL): string {
  return `mfa_idp_${port}${pathname.replace(/\/$/, "").replaceAll(/[^a-z0-9]/gi, "_")}_sso`;
}

function cookieLine(base: string, value: string): string {
  const url = new URL(base);
  const secure = url.protocol === "https:" ? "; Secure" : "";
  const age = value === "" ? "; Max-Age=0" : "";
  return `${cookieName(url)}=${value}; Path=${url.pathname}; HttpOnly; SameSite=Lax${secure}${age}`;
}

function readCookie({ headers }: IncomingMessage, base: string): string {
  const start = `${cookieName(new URL(base))}=`;
  const pairs = (headers.cookie ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(start))?.slice(start.length) ?? "";
}

/** What the sessions of a realm are made from. */
export interface SessionParts {
  /** Where the realm lives, no slash at the end. */
  readonly base: () => string;
  readonly choices: Choices;
  readonly store: Store;
}

/** Makes the sessions of one realm. */
export function makeSessions({ base, choices, store }: SessionParts): Sessions {
  const open = store.shelf<Kept>("sessions", BOUNDS);

  async function find(
    request: IncomingMessage,
    channels: readonly Channel[],
  ): Promise<OpenSession | undefined> {
    const kept = await openFor(readCookie(request, base()));
    if (kept === undefined) return undefined;
    const { session, signIns } = kept;
    const same = signIns.findLast(({ emission }) => channels.includes(emission.channel));
    if (same !== undefined) {
      return { ...same, emission: choices.current(same.choice, same.emission), session };
    }
    const choice = choices.preselected(channels);
    const emission = choices.get(choice);
    const { performed } = newest(kept);
    return emission === undefined ? undefined : { choice, emission, performed, session };
  }

  async function openFor(cookie: string): Promise<Kept | undefined> {
    return cookie === "" ? undefined : await open.get(cookie);
  }

  async function start(response: ServerResponse, signedIn: SignedIn): Promise<OpenSession> {
    const cookie = readCookie(response.req, base());
    const before = cookie === "" ? undefined : await open.take(cookie);
    const same = before !== undefined && newest(before).performed.user === signedIn.performed.user;
    const session = same ? before.session : `session-${randomUUID()}`;
    const { channel } = signedIn.emission;
    const others = same ? before.signIns.filter(({ emission }) => emission.channel !== channel) : [];
    const value = randomBytes(32).toString("base64url");
    await open.put(value, { session, signIns: [...others, signedIn] });
    response.appendHeader("set-cookie", cookieLine(base(), value));
    return { ...signedIn, session };
  }

  async function end(request: IncomingMessage, response: ServerResponse): Promise<OpenSession | undefined> {
    const cookie = readCookie(request, base());
    const kept = cookie === "" ? undefined : await open.take(cookie);
    if (kept === undefined) return undefined;
    response.appendHeader("set-cookie", cookieLine(base(), ""));
    return { ...newest(kept), session: kept.session };
  }

  return { find, start, end };
}

function newest({ signIns }: Kept): SignedIn {
  return signIns.at(-1) ?? signIns[0];
}
