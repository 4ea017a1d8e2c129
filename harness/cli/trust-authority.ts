import { readFile, writeFile } from "node:fs/promises";
import * as tls from "node:tls";
import { HarnessError } from "../errors.ts";

/** Whatever else is there is not to be lost. */
async function isOther(file: string): Promise<boolean> {
  const found = await readFile(file, "utf8").catch(() => "");
  return found.trim() !== "" && !found.trimStart().startsWith("-----BEGIN CERTIFICATE-----");
}

async function write(certificate: string, file: string): Promise<void> {
  if (await isOther(file)) {
    const hint = "Name another file with --ca-file; this one is left as it is.";
    throw new HarnessError("ERR_USAGE", `${file} holds something else than a certificate`, hint);
  }
  await writeFile(file, certificate).catch((cause: unknown) => {
    throw new HarnessError(
      "ERR_USAGE",
      `cannot write the certificate of the authority to ${file}`,
      "Name a file in a folder that exists, with --ca-file.",
      { cause },
    );
  });
}

/**
 * Writes the certificate of an authority to a file, for trust stores and `NODE_EXTRA_CA_CERTS`, and lets this process trust
 * it: the partner apps that run beside the IdP are clients of it, too.
 *
 * @throws HarnessError `ERR_USAGE` when it cannot be written, or this Node cannot be told whom to trust
 */
export async function trustAuthority(certificate: string, file: string): Promise<void> {
  await write(certificate, file);
  if (!("setDefaultCACertificates" in tls)) {
    throw new HarnessError(
      "ERR_USAGE",
      `Node ${process.versions.node} cannot trust an authority that is made while it runs`,
      "Use Node 22.19, 24.5 or later for serve with https.",
    );
  }
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), certificate]);
}
