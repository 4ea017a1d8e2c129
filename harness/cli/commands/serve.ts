import { once } from "node:events";
import { startEntra, type EntraStandIns } from "../../entra/start-entra.ts";
import { HarnessError } from "../../errors.ts";
import { isOnThisMachine } from "../../idp/answer-address.ts";
import type { MockIdp } from "../../idp/mock-idp.ts";
import { startIdp } from "../../idp/start-idp.ts";
import { type Partners, startPartners } from "../../partner/start-partners.ts";
import { loadScenarios } from "../../scenario/load.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { BUNDLED_SCENARIOS } from "../../scenario/bundled.ts";
import { loadConfig } from "../config/config.ts";
import { onInterrupt } from "../interrupt.ts";
import { keepKeys } from "../kept-keys.ts";
import type { ServeConfig } from "../config/serve-config.ts";
import { type ServeFlags, type ServeOptions, serveOptions } from "../serve-options.ts";
import { print } from "../terminal.ts";
import { trustAuthority } from "../trust-authority.ts";
import { waitForUrl } from "../wait-for-url.ts";

/** `mfa-harness serve`: the mock IdP, both partner apps and the stand-ins for Entra, until interrupted. */
export async function serveCommand(flags: ServeFlags): Promise<void> {
  const config = await loadConfig(flags.config);
  const serve = config.serve ?? {};
  const options = await serveOptions(flags, serve);
  using interrupt = onInterrupt();
  await using idp = await startIdp({ ...options.idp, stateFolder: await stateFolder(flags, options) });
  if (idp.caCertificate !== undefined) await trustAuthority(idp.caCertificate, options.caFile ?? "");
  if (options.idp.externalUrl !== undefined && isOnThisMachine(idp.origin)) {
    if (!(await isReached(idp, interrupt.signal))) return;
  }
  await using partners = await startPartnerApps(idp);
  await using entra = await startStandIns(idp, serve);
  const scenarios = await loadScenarios(config.scenarios ?? [BUNDLED_SCENARIOS]);
  offerScenarios(scenarios, idp);
  print(
    [
      welcome(options, scenarios.length),
      "",
      ...partnerLines(partners),
      ...standInLines(entra),
      "",
      ...idpLines(idp, options),
      "",
      "Ctrl-C stops them.",
      "",
    ].join("\n"),
  );
  if (!interrupt.signal.aborted) await once(interrupt.signal, "abort");
}

/** Replicas have their keys in common already. */
async function stateFolder(
  { freshKeys }: ServeFlags,
  { idp: { redis } }: ServeOptions,
): Promise<string | undefined> {
  if (redis === undefined) return await keepKeys(freshKeys === true);
  if (freshKeys !== true) return undefined;
  const hint = "Leave --fresh-keys out, or empty the database.";
  throw new HarnessError("ERR_USAGE", "--fresh-keys makes no new keys in Redis", hint);
}

function welcome({ idp: { signIn } }: ServeOptions, scenarios: number): string {
  return signIn === "automatic"
    ? "Open a partner app: nobody is asked who signs in, and the emission in use is what is said."
    : `Open a partner app and sign in; the sign-in page offers what ${scenarios} scenarios emit.`;
}

/** @returns whether it was waited for to the end; not when somebody stopped it */
async function isReached(idp: MockIdp, signal: AbortSignal): Promise<boolean> {
  try {
    await waitForUrl(idp, signal);
    return true;
  } catch (error) {
    if (!signal.aborted) throw error;
    return false;
  }
}

/** Another replica may have offered them already. */
function offerScenarios(scenarios: readonly Scenario[], idp: MockIdp): void {
  const known = new Set(idp.offers().map(({ title, emission }) => JSON.stringify([title, emission])));
  for (const { emission, title } of scenarios) {
    if (!known.has(JSON.stringify([title, emission]))) idp.offer(emission, title);
  }
}

/** The partner apps live on this machine: whoever reaches the IdP under another name has some of his own. */
async function startPartnerApps(idp: MockIdp): Promise<Partners | undefined> {
  return isOnThisMachine(idp.origin) ? await startPartners(idp) : undefined;
}

/** Entra's own side on this machine; none where the IdP is set to take the hints of another Entra, or lives elsewhere. */
async function startStandIns(
  idp: MockIdp,
  { federatedIdpMfaBehavior: mfaBehavior }: ServeConfig,
): Promise<EntraStandIns | undefined> {
  if (idp.entra === undefined || !isOnThisMachine(idp.origin)) return undefined;
  return await startEntra(idp, mfaBehavior === undefined ? {} : { mfaBehavior });
}

function partnerLines(partners: Partners | undefined): readonly string[] {
  if (partners === undefined) return ["  no partner apps: the IdP is known under a URL of another machine"];
  return [
    `  relying party (OIDC)     ${partners.relyingParty.origin}/portal`,
    `  Partner Center stand-in  ${partners.relyingParty.origin}/customers`,
    `  service provider (SAML)  ${partners.serviceProvider.origin}/portal`,
  ];
}

function standInLines(entra: EntraStandIns | undefined): readonly string[] {
  if (entra === undefined) return [];
  return [
    `  federated domain         ${entra.hub.origin}/portal`,
    `  external method (EAM)    ${entra.tenant.origin}/portal`,
  ];
}

function idpLines(idp: MockIdp, { idp: { host, now }, caFile }: ServeOptions): readonly string[] {
  const { origin, trust, apiToken } = idp;
  const clock = new Date(idp.clock.read().now * 1000).toISOString();
  return [
    `  mock IdP                 ${origin}`,
    `  OIDC discovery           ${trust.oidcIssuer}/.well-known/openid-configuration`,
    `  SAML metadata            ${trust.samlEntityId}`,
    `  WS-Federation metadata   ${origin}/wsfed/metadata`,
    `  EAM discovery            ${trust.eamIssuer}/.well-known/openid-configuration`,
    ...(host === undefined ? [] : [`  listens on               ${host} port ${idp.port}`]),
    ...(caFile === undefined
      ? []
      : [`  authority to trust       ${caFile}, e.g. NODE_EXTRA_CA_CERTS=${caFile}`]),
    ...(apiToken === undefined ? [] : [`  live API demands         Authorization: Bearer ${apiToken}`]),
    ...(now === undefined ? [] : [`  clock of the IdP         ${clock}; partner apps keep the machine's`]),
  ];
}
