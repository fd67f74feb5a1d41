import { defineConfig } from "prisma/config";

// For people who run Prisma's own CLI: npx prisma … --config prisma/prisma.config.ts. Remit itself migrates with lib/db/migrate.ts.
const url = process.env["DATABASE_URL"];

export default defineConfig({
  schema: "schema.prisma",
  migrations: { path: "migrations" },
  ...(url ? { datasource: { url } } : {}),
});
