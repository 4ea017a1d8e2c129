import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** A process for each connection: one that crashes takes no other request along. */
const MODULES = [
  "mpm_prefork",
  "alias",
  "authn_core",
  "authz_core",
  "authz_user",
  "dir",
  "mime",
  "include",
  "auth_openidc",
];

/** What an Apache serves. */
export interface ApacheSettings {
  readonly port: number;
  /** Text of the configuration; `folder` is where the files are. */
  readonly directives: (folder: string) => string;
  /** Pages by their names. */
  readonly pages: Readonly<Record<string, string>>;
  /** Files beside the configuration, which are not served. */
  readonly files?: Readonly<Record<string, string>>;
}

/** An Apache of one's own, on loopback; disposing stops it and removes its files. */
export interface Apache extends AsyncDisposable {
  readonly origin: string;
}

/** Starts Debian's Apache in the foreground; throws with its log if it ends. */
export async function startApache(settings: ApacheSettings): Promise<Apache> {
  const { port, directives, pages, files = {} } = settings;
  const served = Object.entries(pages).map(([name, text]) => [`htdocs/${name}`, text] as const);
  const folder = await temporaryFolder({ ...files, ...Object.fromEntries(served) });
  // Apache's workers run as another user, who has to read the files.
  await chmod(folder.path, 0o755);
  const file = join(folder.path, "httpd.conf");
  await writeFile(file, `${frame(folder.path, port)}\n${directives(folder.path)}\n`);
  // When it ends, it ends its whole process group: it must have one of its own.
  const child = spawn("apache2", ["-D", "FOREGROUND", "-f", file], {
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const closed = once(child, "close");
  const end = (): void => void child.kill("SIGTERM");
  process.once("exit", end);
  const stop = async (): Promise<void> => {
    process.off("exit", end);
    end();
    await closed;
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
