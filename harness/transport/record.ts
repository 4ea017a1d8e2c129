import type { Exchange } from "./exchange.ts";
import { isReadable } from "./readable.ts";

/** Notes an exchange; of the query only the names are kept, of user info and fragment nothing, of the path no secret. */
export function recordExchange(method: string, url: URL, status: number): Exchange {
  return { method, url: withoutValues(url), status };
}

/** A URL without anything that could be a secret. */
export function withoutValues(url: URL): string {
  const names = [...url.searchParams.keys()].map(encodeURIComponent).join("&");
  const path = url.pathname.split("/").map((part) => (isReadable(part) ? part : "*"));
  return `${url.origin}${path.join("/")}${names === "" ? "" : `?${names}`}`;
}
