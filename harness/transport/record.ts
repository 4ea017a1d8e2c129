import type { Exchange } from "./exchange.ts";

/** Notes an exchange; of the query only the names are kept, of user info and fragment nothing. */
export function recordExchange(method: string, url: URL, status: number): Exchange {
  return { method, url: withoutValues(url), status };
}

/** A URL without anything that could be a secret. */
export function withoutValues(url: URL): string {
  const names = [...url.searchParams.keys()].map(encodeURIComponent).join("&");
  return `${url.origin}${url.pathname}${names === "" ? "" : `?${names}`}`;
}
