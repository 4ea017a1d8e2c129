import type { EndedSession } from "./oidc-logout-token.ts";
import type { SignedIn } from "./signed-in.ts";

/** Which browsers are signed in, for an IdP that ends their sessions without them. */
export interface OpenSessions {
  /** @param browser id of its session with the relying party */
  readonly add: (browser: string, signedIn: SignedIn) => void;
  /** Sessions that an IdP speaks of, taken from the list. */
  readonly take: (ended: EndedSession) => readonly string[];
  /** The sign-in of any session with this issuer: it tells where the issuer's keys are. */
  readonly signInAt: (issuer: string) => string | undefined;
}

/** Sessions that are kept; the oldest go first. */
const LIMIT = 2000;

function isMeant({ issuer, subject, session }: EndedSession, signedIn: SignedIn): boolean {
  if (signedIn.issuer !== issuer) return false;
  if (subject !== undefined && signedIn.subject !== subject) return false;
  return session === undefined || signedIn.session === session;
}

/** Makes an empty list. */
export function makeOpenSessions(): OpenSessions {
  const open = new Map<string, SignedIn>();
  return {
    add: (browser, signedIn) => {
      open.set(browser, signedIn);
      const [oldest] = open.keys();
      if (open.size > LIMIT && oldest !== undefined) open.delete(oldest);
    },
    take: (ended) => {
      const meant = [...open].filter(([, signedIn]) => isMeant(ended, signedIn)).map(([browser]) => browser);
      for (const browser of meant) open.delete(browser);
      return meant;
    },
    signInAt: (issuer) => [...open.values()].findLast((signedIn) => signedIn.issuer === issuer)?.signIn,
  };
}
