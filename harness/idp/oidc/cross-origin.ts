import { type Client, type Configuration, errors, type KoaContextWithOIDC } from "oidc-provider";
import { isOnThisMachine } from "../answer-address.ts";
import type { RelyingParties } from "./relying-parties.ts";

function pagesOf({ redirectUris }: Client): readonly string[] {
  return (redirectUris ?? []).flatMap((uri) => URL.parse(uri)?.origin ?? []);
}

/**
 * Lets the scripts of a relying party's own pages read what the token endpoint and the like answer: of the origins that
 * its redirect URIs have, and of every origin on this machine where nobody registered it.
 *
 * @see CORS protocol, Fetch Standard §3.3; OAuth 2.0 for Browser-Based Applications
 */
export function allowPagesOf(relyingParties: RelyingParties): NonNullable<Configuration["clientBasedCORS"]> {
  return (ctx: KoaContextWithOIDC, origin, client) => {
    const { clientId } = client;
    const registered = relyingParties.find(clientId) !== undefined;
    if (registered ? pagesOf(client).includes(origin) : isOnThisMachine(origin)) return true;
    ctx.remove("Access-Control-Allow-Origin");
    const next = registered
      ? "add a page of that origin to its redirectUris"
      : "register it with a redirect URI of that origin";
    throw new errors.InvalidRequest(`a page of ${origin} may not ask as ${clientId}: ${next}`);
  };
}
