import { randomBytes } from "node:crypto";
import { openTogether } from "../cleanup.ts";
import type { MockIdp } from "../idp/mock-idp.ts";
import { readIdpMetadata } from "./service-provider/idp-metadata.ts";
import type { PartnerServer } from "./listen.ts";
import { type PartnerCenterChecks, startPartnerCenter } from "./partner-center.ts";
import { startRelyingParty, type RelyingParty } from "./relying-party/relying-party.ts";
import type { RelyingPartyChecks } from "./relying-party/checks.ts";
import type { ServiceProviderChecks } from "./service-provider/checks.ts";
import { startServiceProvider, type ServiceProvider } from "./service-provider/service-provider.ts";

/** Ports of the partner apps; absent: any free one. */
export interface PartnerPorts {
  readonly relyingParty?: number;
  readonly serviceProvider?: number;
  readonly partnerCenter?: number;
}

/** Where one partner app listens, and what it decides in another way than it should. */
export interface AppSettings<Checks> {
  readonly port?: number | undefined;
  readonly checks?: Partial<Checks>;
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
  return await openTogether(async (cleanup) => {
    const partnerCenter = cleanup.use(await openPartnerCenter(idp, { port: ports.partnerCenter }));
    const relyingParty = cleanup.use(
      await openRelyingParty(idp, partnerCenter.origin, { port: ports.relyingParty }),
    );
    const serviceProvider = cleanup.use(await openServiceProvider(idp, { port: ports.serviceProvider }));
    const dispose = async (): Promise<void> => await cleanup[Symbol.asyncDispose]();
    return { relyingParty, serviceProvider, partnerCenter, [Symbol.asyncDispose]: dispose };
  });
}

/** Starts the Partner Center stand-in against one IdP. */
export async function openPartnerCenter(
  { trust }: MockIdp,
  { port = 0, checks = {} }: AppSettings<PartnerCenterChecks> = {},
): Promise<PartnerServer> {
  const discovery = await fetchText(`${trust.oidcIssuer}/.well-known/openid-configuration`);
  return await startPartnerCenter({
    issuer: trust.oidcIssuer,
    jwksUri: readJwksUri(discovery),
    port,
    checks,
  });
}

/** Starts the relying party against one IdP, which knows it from then on. */
export async function openRelyingParty(
  idp: MockIdp,
  partnerCenter: string,
  { port = 0, checks = {} }: AppSettings<RelyingPartyChecks> = {},
): Promise<RelyingParty> {
  const issuer = idp.trust.oidcIssuer;
  const clientId = `relying-party-${randomBytes(4).toString("hex")}`;
  const clientSecret = randomBytes(24).toString("base64url");
  const relyingParty = await startRelyingParty({
    issuer,
    clientId,
    clientSecret,
    partnerCenter,
    port,
    checks,
  });
  const { backChannelLogoutUri, redirectUri, postLogoutRedirectUri } = relyingParty;
  idp.register({
    clientId,
    clientSecret,
    redirectUris: [redirectUri],
    postLogoutRedirectUris: [postLogoutRedirectUri],
    backchannelLogoutUri: backChannelLogoutUri,
    responseTypes: ["code", "code id_token token"],
  });
  return relyingParty;
}

/** Starts the service provider against one IdP. */
export async function openServiceProvider(
  { trust }: MockIdp,
  { port = 0, checks = {} }: AppSettings<ServiceProviderChecks> = {},
): Promise<ServiceProvider> {
  const metadata = readIdpMetadata(await fetchText(trust.samlEntityId));
  return await startServiceProvider({
    idp: { ...metadata, certificate: trust.samlCertificate },
    port,
    checks,
  });
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
