import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { HarnessError } from "../../errors.ts";
import { startEntra, type EntraStandIns } from "../../entra/start-entra.ts";
import type { MockIdp } from "../../idp/mock-idp.ts";
import { startIdp } from "../../idp/start-idp.ts";
import { startPartners } from "../../partner/start-partners.ts";
import { loadScenarios } from "../../scenario/load.ts";
import { BUNDLED_SCENARIOS } from "../../scenario/bundled.ts";
import { type Config, loadConfig } from "../config.ts";
import { onInterrupt } from "../interrupt.ts";
import { print } from "../terminal.ts";

/** Flags of `mfa-harness serve`, as parsed. */
export interface ServeFlags {
  readonly config?: string;
  readonly port?: number;
}

/** `mfa-harness serve`: the mock IdP, both partner apps and the stand-ins for Entra, until interrupted. */
export async function serveCommand(flags: ServeFlags): Promise<void> {
  const config = await loadConfig(flags.config);
  using interrupt = onInterrupt();
  await using idp = await startIdp(await idpOptions(config.serve ?? {}, flags.port));
  await using partners = await startPartners(idp);
  await using entra = await startStandIns(idp, config.serve ?? {});
  const scenarios = await loadScenarios(config.scenarios ?? [BUNDLED_SCENARIOS]);
  for (const { emission, title } of scenarios) idp.offer(emission, title);
  print(
    [
      `Open a partner app and sign in; the sign-in page offers what ${scenarios.length} scenarios emit.`,
      "",
      `  relying party (OIDC)     ${partners.relyingParty.origin}/portal`,
      `  Partner Center stand-in  ${partners.relyingParty.origin}/customers`,
      `  service provider (SAML)  ${partners.serviceProvider.origin}/portal`,
      ...standInLines(entra),
      "",
      `  mock IdP                 ${idp.origin}`,
      `  OIDC discovery           ${idp.trust.oidcIssuer}/.well-known/openid-configuration`,
      `  SAML metadata            ${idp.trust.samlEntityId}`,
      `  WS-Federation metadata   ${idp.origin}/wsfed/metadata`,
      `  EAM discovery            ${idp.trust.eamIssuer}/.well-known/openid-configuration`,
      "",
      "Ctrl-C stops them.",
      "",
    ].join("\n"),
  );
  if (!interrupt.signal.aborted) await once(interrupt.signal, "abort");
}

async function idpOptions(serve: NonNullable<Config["serve"]>, port: number | undefined) {
  const files = serve.serviceProviders ?? [];
  return {
    port: port ?? serve.port,
    relyingParties: serve.relyingParties ?? [],
    serviceProviderMetadata: await Promise.all(files.map(readMetadata)),
    wsFedRealms: serve.wsFedRealms ?? [],
    eam: serve.eam ?? {},
  };
}

/** Entra's own side on this machine; none where the IdP is set to take the hints of another Entra. */
async function startStandIns(
  idp: MockIdp,
  { federatedIdpMfaBehavior: mfaBehavior }: NonNullable<Config["serve"]>,
): Promise<EntraStandIns | undefined> {
  if (idp.entra === undefined) return undefined;
  return await startEntra(idp, mfaBehavior === undefined ? {} : { mfaBehavior });
}

function standInLines(entra: EntraStandIns | undefined): readonly string[] {
  if (entra === undefined) return [];
  return [
    `  federated domain         ${entra.hub.origin}/portal`,
    `  external method (EAM)    ${entra.tenant.origin}/portal`,
  ];
}

async function readMetadata(file: string): Promise<string> {
  return await readFile(file, "utf8").catch((cause: unknown) => {
    const hint = "serve.serviceProviders in mfa-harness.yaml lists SAML metadata files.";
    throw new HarnessError("ERR_FILE_UNREADABLE", `cannot read ${file}`, hint, { cause });
  });
}
