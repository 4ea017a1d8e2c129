import { decideAccess } from "../access.ts";
import type { SignedIn } from "../relying-party/signed-in.ts";
import { showsMfa } from "../relying-party/checks.ts";
import type { FlawOf } from "./flaw.ts";
import { ownEndSignIn } from "./own-oidc.ts";

const ACR_MFA = "https://refeds.org/profile/mfa";

/** A relying party that reads MFA in a way of its own. */
function reading(shows: (amr: unknown) => boolean): FlawOf<"oidc">["checks"] {
  return () => ({
    decide: (signedIn, now) => decideAccess({ ...signedIn, showsMfa: shows(signedIn.amr) }, now),
  });
}

/** The values of `amr`, however it is written. */
function listed(amr: unknown): readonly unknown[] {
  return [amr].flat();
}

function texts(amr: unknown): readonly string[] {
  return listed(amr).map(String);
}

/** Remembers for ever who has shown MFA once. */
function remembering(): (signedIn: SignedIn) => boolean {
  const known = new Set<string>();
  return ({ subject, amr }) => {
    if (showsMfa(amr)) known.add(subject);
    return known.has(subject);
  };
}

/** Mistakes in reading MFA from an ID token that is believed rightly. */
export const OIDC_MFA_FLAWS: readonly FlawOf<"oidc">[] = [
  {
    id: "oidc-mfa-unread",
    mistake: "Lets in whoever the IdP signed in, and leaves MFA to the IdP.",
    references: ["RFC 8176 §1", "failures/F-05"],
    caughtBy: ["id-token-password-only", "id-token-amr-missing"],
    checks: reading(() => true),
  },
  {
    id: "oidc-amr-any-value",
    mistake: "Takes any method for MFA, as long as amr names one.",
    references: ["RFC 8176 §2"],
    caughtBy: ["id-token-password-only", "id-token-amr-otp-only"],
    checks: reading((amr) => Array.isArray(amr) && amr.length > 0),
  },
  {
    id: "oidc-amr-two-values",
    mistake: "Counts the methods: two of them are MFA.",
    references: ["RFC 8176 §2"],
    caughtBy: ["id-token-two-factors-without-mfa", "id-token-amr-hwk-and-pin"],
    checks: reading((amr) => Array.isArray(amr) && amr.length > 1),
  },
  {
    id: "oidc-amr-substring",
    mistake: "Looks for the letters mfa in the text of amr.",
    references: ["RFC 8176 §2", "failures/F-11"],
    caughtBy: ["id-token-amr-no-mfa", "id-token-amr-comma-joined-in-list"],
    checks: reading((amr) => (JSON.stringify(amr) ?? "").includes("mfa")),
  },
  {
    id: "oidc-amr-as-text",
    mistake: "Calls includes on amr without asking whether it is a list, and finds mfa inside a longer text.",
    references: ["RFC 8176 §2", "failures/F-29", "failures/F-14"],
    caughtBy: ["id-token-amr-string-containing-mfa", "id-token-amr-string"],
    checks: reading((amr) => (typeof amr === "string" || Array.isArray(amr)) && amr.includes("mfa")),
  },
  {
    id: "oidc-amr-single-text",
    mistake: "Takes amr as a single text besides a list.",
    references: ["RFC 8176 §2", "failures/F-12"],
    caughtBy: ["id-token-amr-string"],
    checks: reading((amr) => listed(amr).includes("mfa")),
  },
  {
    id: "oidc-amr-last-value",
    mistake: "Reads only the last method of the list.",
    references: ["RFC 8176 §2", "failures/F-31"],
    caughtBy: ["id-token-amr-mfa-first"],
    checks: reading((amr) => Array.isArray(amr) && amr.at(-1) === "mfa"),
  },
  {
    id: "oidc-amr-any-case",
    mistake: "Compares methods without regard to case.",
    references: ["RFC 8176 §2"],
    caughtBy: ["id-token-amr-upper-case"],
    checks: reading((amr) => Array.isArray(amr) && texts(amr).some((value) => value.toLowerCase() === "mfa")),
  },
  {
    id: "oidc-amr-trimmed",
    mistake: "Trims methods before it compares them.",
    references: ["RFC 8176 §2"],
    caughtBy: ["id-token-amr-leading-space", "id-token-amr-trailing-space"],
    checks: reading((amr) => Array.isArray(amr) && texts(amr).some((value) => value.trim() === "mfa")),
  },
  {
    id: "oidc-amr-split",
    mistake: "Splits methods at commas.",
    references: ["RFC 8176 §2", "failures/F-56"],
    caughtBy: ["id-token-amr-comma-joined-in-list"],
    checks: reading(
      (amr) => Array.isArray(amr) && texts(amr).some((value) => value.split(",").includes("mfa")),
    ),
  },
  {
    id: "oidc-amr-normalized",
    mistake: "Normalizes methods (NFKC) before it compares them.",
    references: ["RFC 8176 §2"],
    caughtBy: ["id-token-amr-full-width"],
    checks: reading(
      (amr) => Array.isArray(amr) && texts(amr).some((value) => value.normalize("NFKC") === "mfa"),
    ),
  },
  {
    id: "oidc-amr-nested",
    mistake: "Flattens lists within the list.",
    references: ["RFC 8176 §2"],
    caughtBy: ["id-token-amr-nested"],
    checks: reading((amr) => Array.isArray(amr) && amr.flat(5).includes("mfa")),
  },
  {
    id: "oidc-amr-mixed",
    mistake: "Looks for mfa in a list that holds other things than texts.",
    references: ["RFC 8176 §2"],
    caughtBy: ["id-token-amr-mixed-types"],
    checks: reading((amr) => Array.isArray(amr) && amr.includes("mfa")),
  },
  {
    id: "oidc-acr-as-proof",
    mistake: "Takes the class that it asked for, in acr, as MFA.",
    references: ["OIDC Core §2", "failures/F-43"],
    caughtBy: ["id-token-mfa-in-acr-only", "id-token-amr-external"],
    checks: () => ({
      endSignIn: ownEndSignIn({}, ({ acr, amr }) => (acr === ACR_MFA ? ["mfa"] : amr)),
    }),
  },
  {
    id: "oidc-age-unread",
    mistake: "Never looks when the person signed in.",
    references: ["OIDC Core §3.1.2.1", "failures/F-57"],
    caughtBy: ["id-token-stale", "id-token-auth-time-missing"],
    checks: () => ({ decide: ({ amr }) => (showsMfa(amr) ? "granted" : "refused") }),
  },
  {
    id: "oidc-mfa-remembered",
    mistake: "Remembers for ever who has shown MFA once.",
    references: ["OIDC Core §12.2", "failures/F-06"],
    caughtBy: ["flow-refresh-loses-mfa", "id-token-refresh-drops-amr"],
    checks: () => {
      const known = remembering();
      return { decide: (signedIn, now) => decideAccess({ ...signedIn, showsMfa: known(signedIn) }, now) };
    },
  },
];
