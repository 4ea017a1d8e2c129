import { type AllClientMetadata, type Client, Provider } from "oidc-provider";
import { isOnThisMachine } from "../answer-address.ts";
import { REDEEMING_GRANT_TYPES, type RelyingParties, RESPONSE_TYPES } from "./relying-parties.ts";

/** Printable ASCII (RFC 6749 appendix A.1), not too long to be shown on a page. */
const CLIENT_ID = /^[\x20-\x7e]{1,200}$/;

/** Stand for every address of this machine; two, so that a request without one is not sent to either. */
const LOOPBACK = ["http://127.0.0.1/", "http://localhost/"];

/** RFC 6749 §2.3.1: id and secret are form-encoded, then joined. */
function secretOfHeader(authorization: string | undefined): string | undefined {
  const [, base64 = ""] = /^basic (.+)$/i.exec(authorization ?? "") ?? [];
  const [, secret] = /^[^:]*:(.+)$/s.exec(Buffer.from(base64, "base64").toString("utf8")) ?? [];
  return secret === undefined
    ? undefined
    : (new URLSearchParams(`secret=${secret}`).get("secret") ?? undefined);
}

/** The secret that the request being answered shows, in its header or in its form. */
function shownSecret(): string | undefined {
  const { headers, oidc } = Provider.ctx ?? {};
  const posted = oidc?.params?.["client_secret"];
  return typeof posted === "string" && posted !== "" ? posted : secretOfHeader(headers?.authorization);
}

/**
 * A relying party that nobody registered, as long as its answers stay on this machine: it may ask for everything, and
 * whatever secret it shows is right.
 *
 * @returns undefined when the id is none
 */
export function strangerMetadata(clientId: string): AllClientMetadata | undefined {
  if (!CLIENT_ID.test(clientId)) return undefined;
  const secret = shownSecret();
  return {
    client_id: clientId,
    ...(secret === undefined
      ? { token_endpoint_auth_method: "none" }
      : { token_endpoint_auth_method: "client_secret_basic", client_secret: secret }),
    redirect_uris: LOOPBACK,
    post_logout_redirect_uris: LOOPBACK,
    response_types: [...RESPONSE_TYPES],
    grant_types: [...REDEEMING_GRANT_TYPES, "implicit"],
  };
}

/** Makes oidc-provider answer a relying party that it does not know at any address of this machine. */
export function admitStrangers(provider: Provider, relyingParties: RelyingParties): void {
  const allows = ({ clientId }: Client, registered: readonly string[] | undefined, uri: string): boolean =>
    registered?.includes(uri) === true ||
    (relyingParties.find(clientId) === undefined && isOnThisMachine(uri));
  Object.assign(provider.Client.prototype, {
    redirectUriAllowed(this: Client, uri: string): boolean {
      return allows(this, this.redirectUris, uri);
    },
    postLogoutRedirectUriAllowed(this: Client, uri: string): boolean {
      return allows(this, this.postLogoutRedirectUris, uri);
    },
  });
}
