import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { listen } from "../portal.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const MODULES = [
  "mpm_event",
  "authn_core",
  "authz_core",
  "authz_user",
  "dir",
  "mime",
  "include",
  "auth_openidc",
];

/** An Apache of a test's own, on loopback. */
export interface Apache extends AsyncDisposable {
  readonly origin: string;
}

/** A port that is free now: it has to be known before Apache starts, because its redirect URI is registered first. */
export async function freePort(): Promise<number> {
  const { server, origin } = await listen();
  server.close();
  await once(server, "close");
  return Number(new URL(origin).port);
}

/** Starts Debian's Apache in the foreground with `directives`, serving `pages`; throws with its log if it ends. */
export async function startApache(
  port: number,
  directives: string,
  pages: Readonly<Record<string, string>>,
): Promise<Apache> {
  const folder = await temporaryFolder(
    Object.fromEntries(Object.entries(pages).map(([name, text]) => [`htdocs/${name}`, text])),
  );
  // Apache's workers run as another user, who has to read the pages.
  await chmod(folder.path, 0o755);
  const file = join(folder.path, "httpd.conf");
  await writeFile(file, `${frame(folder.path, port)}\n${directives}\n`);
  const child = spawn("apache2", ["-D", "FOREGROUND", "-f", file], { stdio: ["ignore", "pipe", "inherit"] });
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "close");
    await folder[Symbol.asyncDispose]();
  };
  const log: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    log.push(line);
    if (line.includes("resuming normal operations")) {
      child.stdout.resume();
      return { origin: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: stop };
    }
  }
  await stop();
  throw new Error(`Apache did not start: ${log.join(" ")}`);
}

function frame(folder: string, port: number): string {
  const modules = MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`);
  return [
    ...modules,
    `Listen 127.0.0.1:${port}`,
    "ServerName 127.0.0.1",
    "User www-data",
    "Group www-data",
    `PidFile ${folder}/httpd.pid`,
    `DefaultRuntimeDir ${folder}`,
    'ErrorLog "|/bin/cat"',
    "LogLevel notice",
    `DocumentRoot ${folder}/htdocs`,
    "TypesConfig /dev/null",
    "AddType text/html .shtml",
    "AddOutputFilter INCLUDES .shtml",
    `<Directory ${folder}/htdocs>`,
    "  Options +Includes",
    "  Require all granted",
    "</Directory>",
  ].join("\n");
}
