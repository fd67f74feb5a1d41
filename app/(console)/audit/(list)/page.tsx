import type { SearchParams } from "nuqs/server";

import { ExportMenu } from "@/app/(console)/_export/export-menu";
import { NodeFilter } from "@/app/(console)/_components/node-filter";
import { AuditTable } from "@/app/(console)/audit/_components/audit-table";
import { ChainStatus } from "@/app/(console)/audit/_components/chain-status";
import { CheckpointLine } from "@/app/(console)/audit/_components/checkpoint-line";
import { auditFilters, auditParams } from "@/app/(console)/audit/search-params";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { findNode } from "@/lib/agents/node-queries";
import { lastCheckpoint } from "@/lib/audit/checkpoints/queries";
import { auditStreams, listAuditRecords } from "@/lib/audit/queries";
import { decodeCursor } from "@/lib/audit/schemas";
import { requireViewer } from "@/lib/auth/session";

export const metadata = { title: "Audit" };

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const viewer = await requireViewer("audit.read");
  const query = await auditParams.load(searchParams);
  const [page, chain, checkpoint, below] = await Promise.all([
    listAuditRecords(viewer, {
      ...auditFilters(query),
      after: query.after === null ? null : decodeCursor(query.after),
      before: query.before === null ? null : decodeCursor(query.before),
      take: query.size,
    }),
    auditStreams(viewer),
    lastCheckpoint(viewer),
    query.node === "" ? null : findNode(viewer, query.node),
  ]);
  return (
    <Page layout="fill">
      <PageHeader
        title="Audit"
        description="Who did what, to what, and when. Append-only, and chained record by record."
        actions={<ExportMenu action="/audit/export" lines="with hashes: anybody can recompute the chain" />}
      />
      <ChainStatus streams={chain.count} records={chain.records} last={chain.lastVerified}>
        <CheckpointLine last={checkpoint} records={chain.records} />
      </ChainStatus>
      {query.node !== "" && <NodeFilter noun="Records" name={below?.name ?? query.node} />}
      <AuditTable rows={page.rows} next={page.next} previous={page.previous} />
    </Page>
  );
}
