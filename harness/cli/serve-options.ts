import { readFile } from "node:fs/promises";
import { HarnessError } from "../errors.ts";
import type { StartIdpOptions } from "../idp/start-options.ts";
import type { ServeConfig } from "./config/serve-config.ts";

/** Flags of `mfa-harness serve`, as parsed; they win over the configuration file. */
export interface ServeFlags {
  readonly config?: string;
  readonly port?: number;
  readonly host?: string;
  readonly https?: true;
  readonly caFile?: string;
  readonly externalUrl?: string;
  readonly apiToken?: string;
  readonly redis?: string;
  readonly autoSignIn?: true;
  readonly freshKeys?: true;
  /** Seconds since the epoch. */
  readonly now?: number;
}

/** What is served: the IdP, and where the certificate of its authority goes. */
export interface ServeOptions {
  readonly idp: StartIdpOptions;
  /** Undefined: there is none. */
  readonly caFile: string | undefined;
}

const CA_FILE = "mfa-harness-ca.pem";

async function readMetadata(file: string): Promise<string> {
  return await readFile(file, "utf8").catch((cause: unknown) => {
    const hint = "serve.serviceProviders in mfa-harness.yaml lists SAML metadata files.";
    throw new HarnessError("ERR_FILE_UNREADABLE", `cannot read ${file}`, hint, { cause });
  });
}

function machineClock(): number {
  return Math.floor(Date.now() / 1000);
}

/** A clock that shows this moment at the start and goes on from there. */
function clockFrom(moment: number | string | undefined): StartIdpOptions {
  if (moment === undefined) return {};
  const start = typeof moment === "number" ? moment : Math.floor(Date.parse(moment) / 1000);
  const shift = start - machineClock();
  return { now: () => machineClock() + shift };
}

function caFileOf(https: boolean, asked: string | undefined): string | undefined {
  if (https) return asked ?? CA_FILE;
  if (asked === undefined) return undefined;
  throw new HarnessError(
    "ERR_USAGE",
    `there is no authority to write to ${asked} without https`,
    "Add --https, or leave --ca-file out.",
  );
}

function signInOf({ autoSignIn }: ServeFlags, { signIn }: ServeConfig): StartIdpOptions["signIn"] {
  return autoSignIn === true ? "automatic" : signIn;
}

/**
 * Puts flags and configuration together.
 *
 * @throws HarnessError when they do not fit, or a file of them cannot be read
 */
export async function serveOptions(flags: ServeFlags, serve: ServeConfig): Promise<ServeOptions> {
  const files = serve.serviceProviders ?? [];
  const https = flags.https ?? serve.https ?? false;
  return {
    caFile: caFileOf(https, flags.caFile ?? serve.caFile),
    idp: {
      port: flags.port ?? serve.port,
      host: flags.host ?? serve.host,
      https,
      externalUrl: flags.externalUrl ?? serve.externalUrl,
      redis: flags.redis ?? serve.redis,
      signIn: signInOf(flags, serve),
      api: { token: flags.apiToken ?? serve.apiToken },
      ...clockFrom(flags.now ?? serve.now),
      overrides: serve.overrides ?? [],
      relyingParties: serve.relyingParties ?? [],
      serviceProviderMetadata: await Promise.all(files.map(readMetadata)),
      wsFedRealms: serve.wsFedRealms ?? [],
      eam: serve.eam ?? {},
    },
  };
}
