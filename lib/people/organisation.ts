import type { Db } from "@/lib/db/client";

/** The organisation as it is named in the console's frame. */
export async function readOrganisation(db: Db): Promise<{ name: string; demo: boolean }> {
  const row = await db.configuration.findUniqueOrThrow({
    where: { id: 1 },
    select: { organisation: true, demo: true },
  });
  return { name: row.organisation, demo: row.demo };
}
