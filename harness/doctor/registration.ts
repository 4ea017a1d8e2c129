import type { RelyingPartyRegistration } from "../idp/mock-idp.ts";
import type { PageRequest } from "../transport/form.ts";
import { broken, type Check, fine } from "./check.ts";

function parametersOf({ method, url, body }: PageRequest): URLSearchParams {
  return method === "POST" ? new URLSearchParams(body) : url.searchParams;
}

/** Redirect URIs are compared as texts (RFC 6749 §3.1.2.3). */
export function checkRegistration(
  name: string,
  request: PageRequest,
  relyingParties: readonly RelyingPartyRegistration[],
): readonly Check[] {
  const clientId = parametersOf(request).get("client_id");
  const uri = parametersOf(request).get("redirect_uri");
  if (clientId === null || uri === null) return [];
  const what = `${name}: registration`;
  const registered = relyingParties.find((one) => one.clientId === clientId);
  if (registered === undefined) {
    const todo = `Add { clientId: ${clientId}, redirectUris: [${uri}] } to serve.relyingParties.`;
    return [broken(what, `client id ${clientId} is not registered`, todo)];
  }
  if (registered.redirectUris.includes(uri)) return [fine(what, `${clientId}, ${uri}`)];
  const found = `${uri} is none of ${registered.redirectUris.join(", ")}`;
  return [broken(what, found, `Add ${uri} to redirectUris of ${clientId}, letter by letter.`)];
}
