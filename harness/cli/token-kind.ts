import { isObject, parseJson } from "./keys.ts";

/** Members that Entra puts into access tokens and an ID token has no use for. */
const ACCESS_TOKEN_CLAIMS = ["scp", "roles", "appid", "appidacr"];

/** Guesses, from the unverified token, whether it is an access token; only to choose who judges it. */
export function looksLikeAccessToken(jwt: string): boolean {
  const [header, claims] = jwt.split(".").slice(0, 2).map(decode);
  const type = header?.["typ"];
  if (typeof type === "string" && /^(application\/)?at\+jwt$/i.test(type)) return true;
  return ACCESS_TOKEN_CLAIMS.some((name) => claims !== undefined && Object.hasOwn(claims, name));
}

function decode(segment: string): Readonly<Record<string, unknown>> | undefined {
  const value = parseJson(Buffer.from(segment, "base64url").toString("utf8"));
  return isObject(value) ? value : undefined;
}
