import { writeFile } from "node:fs/promises";
import { generatedPages } from "./pages.ts";

for (const [file, text] of Object.entries(await generatedPages())) {
  await writeFile(new URL(file, import.meta.url), text);
}
