import { randomBytes } from "node:crypto";
import type { MockIdp } from "../idp/mock-idp.ts";
import { readIdpMetadata } from "./idp-metadata.ts";
import type { PartnerServer } from "./listen.ts";
import { startPartnerCenter } from "./partner-center.ts";
import { startRelyingParty, type RelyingParty } from "./relying-party.ts";
import { startServiceProvider, type ServiceProvider } from "./service-provider.ts";

/** Ports of the partner apps; absent: any free one. */
export interface PartnerPorts {
  readonly relyingParty?: number;
  readonly serviceProvider?: number;
  readonly partnerCenter?: number;
}

/** The reference partner apps, running and known to the IdP. Closes with `await using`. */
export interface Partners extends AsyncDisposable {
  readonly relyingParty: RelyingParty;
  readonly serviceProvider: ServiceProvider;
  readonly partnerCenter: PartnerServer;
}

/**
 * Starts the relying party, the service provider and the Partner Center stand-in against one IdP.
 *
 * @throws HarnessError `ERR_PORT_IN_USE`
 */
export async function startPartners(idp: MockIdp, ports: PartnerPorts = {}): Promise<Partners> {
  await using started = new AsyncDisposableStack();
  const { oidcIssuer, samlEntityId, samlCertificate } = idp.trust;
  const discovery = await fetchText(`${oidcIssuer}/.well-known/openid-configuration`);
  const partnerCenter = started.use(
    await startPartnerCenter({
      issuer: oidcIssuer,
      jwksUri: readJwksUri(discovery),
      port: ports.partnerCenter ?? 0,
    }),
  );
  const clientId = `relying-party-${randomBytes(4).toString("hex")}`;
  const clientSecret = randomBytes(24).toString("base64url");
  const relyingParty = started.use(
    await startRelyingParty({
      issuer: oidcIssuer,
      clientId,
      clientSecret,
      partnerCenter: partnerCenter.origin,
      port: ports.relyingParty ?? 0,
    }),
  );
  idp.register({ clientId, clientSecret, redirectUris: [relyingParty.redirectUri] });
  const metadata = readIdpMetadata(await fetchText(samlEntityId));
  const serviceProvider = started.use(
    await startServiceProvider({
      idp: { ...metadata, certificate: samlCertificate },
      port: ports.serviceProvider ?? 0,
    }),
  );
  const running = started.move();
  return {
    relyingParty,
    serviceProvider,
    partnerCenter,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function fetchText(url: string): Promise<string> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return await answer.text();
}

function readJwksUri(discovery: string): string {
  const document: unknown = JSON.parse(discovery);
  if (typeof document === "object" && document !== null && "jwks_uri" in document) {
    return String(document.jwks_uri);
  }
  throw new Error("the discovery document names no jwks_uri");
}
