import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";
import express from "express";

const ROOT = new URL("../../", import.meta.url);
/** `from "jose"`, `import("libxml2-wasm")`: names that only Node resolves. */
const BARE = /(\bfrom\s*|\bimport\(\s*)"([a-z][^":]*)"/g;

/** The library on a server of its own, each module as it is in `src/` and in its dependencies, nothing bundled. */
export interface LibraryServer extends AsyncDisposable {
  readonly origin: string;
  /** Paths of the modules that were asked for. */
  readonly served: readonly string[];
}

/**
 * Serves the library's modules to a browser, and the given ones beside them.
 *
 * @param own JavaScript by its path, e.g. `/worker.js`; an empty page answers at `/`
 */
export async function serveLibrary(own: Readonly<Record<string, string>>): Promise<LibraryServer> {
  const served: string[] = [];
  const app = express();
  app.get(
    "/",
    (_request, response) => void response.type("html").send("<!doctype html><title>library</title>"),
  );
  for (const [path, code] of Object.entries(own)) {
    app.get(path, (_request, response) => void response.type("js").send(code));
  }
  app.get("/src/{*path}", async ({ path }, response) => {
    served.push(path);
    const text = await readFile(new URL(`.${path}`, ROOT), "utf8");
    response.type("js").send(browserNames(stripTypeScriptTypes(text)));
  });
  app.get("/node_modules/{*path}", ({ path }, response) => {
    served.push(path);
    response.sendFile(fileURLToPath(new URL(`.${path}`, ROOT)));
  });
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { origin: `http://127.0.0.1:${port}`, served, [Symbol.asyncDispose]: close };
}

/** A worker has no import map, so the names of packages become paths, as a bundler would make them. */
function browserNames(code: string): string {
  return code.replace(BARE, (_whole, before: string, name: string) => {
    return `${before}"/${import.meta.resolve(name).slice(ROOT.href.length)}"`;
  });
}
