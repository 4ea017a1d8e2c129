import { decodeJwt } from "jose";
import type { Client, KoaContextWithOIDC } from "oidc-provider";

const OFFLINE_ACCESS = "offline_access";

/** The scope as the relying party wrote it, which oidc-provider has shortened by now. */
function askedScope({ oidc, query }: KoaContextWithOIDC): unknown {
  const pushed = oidc.entities.PushedAuthorizationRequest?.request;
  const { scope } = pushed === undefined ? { ...query, ...oidc.body } : decodeJwt(pushed);
  return scope;
}

/**
 * Grants `offline_access` to whoever gets a refresh token. oidc-provider takes it out of the scope unless the request
 * has `prompt=consent`; here it needs no consent, and a scope that was granted may be asked for again at a refresh.
 *
 * @see OIDC Core §11, RFC 6749 §6
 */
export function keepOfflineAccess(ctx: KoaContextWithOIDC, left: string | undefined, client: Client): void {
  const asked = askedScope(ctx);
  const wants = typeof asked === "string" && asked.split(" ").includes(OFFLINE_ACCESS);
  const { params = {} } = ctx.oidc;
  const { response_type: responseType } = params;
  const redeems = typeof responseType === "string" && responseType.includes("code");
  const kept = left?.split(" ") ?? [];
  if (!wants || !redeems || kept.includes(OFFLINE_ACCESS) || !client.grantTypeAllowed("refresh_token"))
    return;
  params["scope"] = [...kept, OFFLINE_ACCESS].join(" ");
}
