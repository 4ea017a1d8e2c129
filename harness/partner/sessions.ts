import { randomBytes } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import session from "express-session";

/**
 * Sessions kept in memory, under a cookie name that no other server uses: cookies ignore ports, so two apps on
 * 127.0.0.1 would otherwise overwrite each other's.
 */
export function keepSessions(application: string): RequestHandler {
  return session({
    name: `${application}-${randomBytes(4).toString("hex")}`,
    secret: randomBytes(32).toString("hex"),
    resave: false,
    saveUninitialized: false,
    // Without SameSite: an IdP on another loopback name answers by a cross-site POST, and needs the cookie then.
    cookie: { httpOnly: true },
  });
}

/** Gives the browser a new session id, as is due whenever somebody signs in or out. */
export function renewSession(request: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    request.session.regenerate((error: unknown) => {
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new Error("the session could not be renewed"));
    });
  });
}

/**
 * Ends a session.
 *
 * @param next where the browser goes then: home, or to the IdP that has a session of its own
 */
export function signOut(next: string) {
  return (request: Request, response: Response): void => {
    request.session.destroy(() => response.redirect(303, next));
  };
}

/** How many sign-ins one browser may have under way: enough for some tabs, too few to fill the memory. */
const MAX_PENDING = 8;

/** Adds an entry and lets the oldest go. */
export function addPending<Entry>(
  pending: Readonly<Record<string, Entry>> | undefined,
  key: string,
  entry: Entry,
): Record<string, Entry> {
  const kept = Object.entries(pending ?? {}).slice(1 - MAX_PENDING);
  return Object.fromEntries([...kept, [key, entry]]);
}

/** Takes an entry out; names that every object has, such as `constructor`, are no entries. */
export function takePending<Entry>(
  pending: Readonly<Record<string, Entry>> | undefined,
  key: string,
): { readonly entry: Entry | undefined; readonly others: Record<string, Entry> } {
  const entries = Object.entries(pending ?? {});
  const others = Object.fromEntries(entries.filter(([name]) => name !== key));
  return { entry: entries.find(([name]) => name === key)?.[1], others };
}
