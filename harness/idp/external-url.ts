import { HarnessError } from "../errors.ts";
import { isOnThisMachine } from "./answer-address.ts";

/** First parts of the paths that the IdP answers itself: a prefix with such a name could not be told from them. */
const OWN_PATHS: readonly string[] = ["oidc", "saml", "wsfed", "eam", "fault", "keys", "_harness"];

/** Unreserved characters of RFC 3986 only: what a proxy may write in another way would not be the same issuer. */
const PLAIN_PATH = /^(\/[\w.~-]+)*\/?$/;

function problemOf(text: string, url: URL | null): string | undefined {
  if (url === null) return "it is no absolute URL";
  if (url.protocol !== "https:" && url.protocol !== "http:") return "it is neither https nor http";
  if (url.username !== "" || url.password !== "") return "it names a user";
  if (/[?#]/.test(text)) return "it has a query or a fragment";
  if (!PLAIN_PATH.test(url.pathname)) return "its path has more than letters, digits and . _ ~ -";
  const [, first = ""] = url.pathname.split("/");
  if (OWN_PATHS.includes(first)) return `its path begins with /${first}, which is a path of the IdP itself`;
  if (url.protocol === "http:" && !isOnThisMachine(url.href)) {
    return "it is http, which is for this machine only";
  }
  return undefined;
}

/**
 * Reads the one URL under which others reach the IdP; every issuer, endpoint and cookie follows from it.
 *
 * @returns the URL without a slash at the end
 * @throws HarnessError `ERR_USAGE` that says what is wrong with it
 */
export function readExternalUrl(text: string): string {
  const url = URL.parse(text);
  const problem = problemOf(text, url);
  if (url !== null && problem === undefined) return `${url.origin}${url.pathname.replace(/\/$/, "")}`;
  throw new HarnessError(
    "ERR_USAGE",
    `${JSON.stringify(text.slice(0, 200))} cannot be the external URL: ${problem ?? ""}`,
    "Give one such as https://idp.example.test or https://idp.example.test/base.",
  );
}

/**
 * The path of a request as the IdP knows it, whether or not a reverse proxy left the path of the external URL in front.
 *
 * @param base the external URL, no slash at the end
 */
export function ownPath(path: string, base: string): string {
  const prefix = new URL(base).pathname;
  const rest = path.slice(prefix.length);
  if (prefix === "/" || !path.startsWith(prefix) || !/^([/?]|$)/.test(rest)) return path;
  return rest.startsWith("/") ? rest : `/${rest}`;
}
