import type { Access } from "./access.ts";
import type { AccessPage } from "./pages.ts";

/** Why somebody whose MFA is shown has to sign in once more. */
export const STALE_REASON = "MFA is shown, but the sign-in is more than an hour old or its time is unknown.";

/** The heading of a portal for somebody who is signed in. */
export function portalHeading(user: string, access: Access): string {
  const headings: Readonly<Record<Access, string>> = {
    granted: `Signed in as ${user}, MFA confirmed`,
    refused: `Signed in as ${user}, without MFA`,
    "sign in again": "Sign in again",
  };
  return headings[access];
}

/**
 * Where a portal sends whoever it does not let in, and whoever has seen enough.
 *
 * @param query of the links to a sign-in, e.g. `?to=/portal`
 */
export function portalLinks(access: Access, query = ""): AccessPage["links"] {
  const next: Readonly<Record<Access, AccessPage["links"]>> = {
    granted: [],
    refused: [{ href: `/verify${query}`, text: "Verify with MFA" }],
    "sign in again": [{ href: `/sign-in-again${query}`, text: "Sign in again" }],
  };
  return [...next[access], { href: "/", text: "Home" }, { href: "/sign-out", text: "Sign out" }];
}

/** When somebody signed in, as a line of a page. */
export function signedInAt(authenticatedAt: number | undefined): AccessPage["facts"][number] {
  const time = authenticatedAt === undefined ? "unknown" : new Date(authenticatedAt * 1000).toISOString();
  return { name: "Signed in at", value: time };
}
