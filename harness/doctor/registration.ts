import type { RelyingPartyRegistration } from "../idp/oidc/registration.ts";
import type { PageRequest } from "../transport/form.ts";
import { isLoopback } from "../transport/loopback.ts";
import { broken, type Check, doubtful, fine } from "./check.ts";

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
    return [unregistered(what, clientId, uri, todo)];
  }
  if (registered.redirectUris.includes(uri)) return [fine(what, `${clientId}, ${uri}`)];
  const found = `${uri} is none of ${registered.redirectUris.join(", ")}`;
  return [broken(what, found, `Add ${uri} to redirectUris of ${clientId}, letter by letter.`)];
}

/** Whoever is answered on this machine is served without being known, but no secret of theirs is. */
function unregistered(what: string, clientId: string, uri: string, todo: string): Check {
  const found = `client id ${clientId} is not registered`;
  const isHere = URL.canParse(uri) && isLoopback(new URL(uri));
  return isHere
    ? doubtful(what, `${found}: it is served as a public client`, todo)
    : broken(what, found, todo);
}
