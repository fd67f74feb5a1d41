import { generateClient } from "@/lib/db/generate";

// Prisma reads several relations of one row at once, which the driver takes but warns about: nothing that the person can change.
process.noDeprecation = true;

/** The rest is loaded once the database's client exists: on a fresh clone this may be the first command. */
async function main(): Promise<number> {
  generateClient();
  const { runCli } = await import("@/lib/cli/program");
  return await runCli(process.argv.slice(2));
}

try {
  process.exitCode = await main();
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode = 1;
}
