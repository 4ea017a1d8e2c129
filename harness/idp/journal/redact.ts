import { hash } from "node:crypto";
import type { KeptParameters } from "./entry.ts";

/** Parameters whose values say what was asked for and let nobody in. */
const HARMLESS: ReadonlySet<string> = new Set(
  [
    "client_id redirect_uri post_logout_redirect_uri response_type response_mode scope resource grant_type",
    "prompt max_age acr_values display ui_locales code_challenge_method token_type_hint iss error",
    "wa wtrealm wreply wauth wfresh wct whr SigAlg SAMLEncoding sp acs",
    "action emission scenario channel profile key choice",
  ].flatMap((names) => names.split(" ")),
);

const MOST_PARAMETERS = 60;
const LONGEST_VALUE = 200;

/** Letters only: a token that somebody sent as a name is none. */
const NAME = /^[a-z][a-z_.-]{0,39}$/i;

/** Words and kebab-case ids; what does not look so may be a token. */
const SEGMENT = /^[._]?[a-z0-9]{1,28}([._-][a-z0-9]{1,28})*$/;

/** Takes what may let somebody in out of what a journal keeps. */
export interface Redactor {
  /** Stands for a value without telling it. */
  readonly mark: (value: string) => string;
  readonly parameters: (...sources: readonly unknown[]) => KeptParameters;
  /** A path without its unspeakable segments. */
  readonly path: (path: string) => string;
  /** A URL without query, fragment and credentials. */
  readonly address: (url: string) => string;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/**
 * Makes a redactor.
 *
 * @param key of this journal: marks are keyed, so that a short secret is not found by trying all of them
 */
export function makeRedactor(key: string): Redactor {
  const mark = (value: string): string => {
    // One call: an HMAC object for each value would cost a sign-in milliseconds.
    const digest = hash("sha256", `${key}${value}`, "hex").slice(0, 12);
    return `hash:${digest} (${value.length})`;
  };
  const path = (text: string): string =>
    text
      .split("/")
      .map((part) => (part === "" || SEGMENT.test(part) ? part : mark(part)))
      .join("/");
  const address = (url: string): string => {
    const parsed = URL.parse(url);
    return parsed === null || parsed.host === "" ? path(url) : `${parsed.origin}${path(parsed.pathname)}`;
  };
  const kept = (name: string, value: unknown): string => {
    if (typeof value !== "string") return mark(JSON.stringify(value) ?? "");
    if (!HARMLESS.has(name) || value.length > LONGEST_VALUE) return mark(value);
    return /^https?:/i.test(value) ? address(value) : (value.split(/[?#]/)[0] ?? "");
  };
  const parameters = (...sources: readonly unknown[]): KeptParameters => {
    const entries = sources.flatMap((source) => (isRecord(source) ? Object.entries(source) : []));
    const named = entries.slice(0, MOST_PARAMETERS).map(([name, value]) => {
      return [HARMLESS.has(name) || NAME.test(name) ? name : mark(name), kept(name, value)] as const;
    });
    return Object.fromEntries(named);
  };
  return { mark, parameters, path, address };
}
