import { Plus } from "lucide-react";
import Link from "next/link";
import type { SearchParams } from "nuqs/server";

import { PoliciesTable } from "@/app/(console)/policies/_components/policies-table";
import { policiesParams } from "@/app/(console)/policies/search-params";
import { Button } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { policyListSchema } from "@/lib/policies/list-params";
import { listPolicies } from "@/lib/policies/list-queries";

export const metadata = { title: "Policies" };

export default async function PoliciesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const viewer = await requireViewer("policy.read");
  const { q, state, sort, page, size } = await policiesParams.load(searchParams);
  const params = policyListSchema.parse({
    q,
    state,
    sort: sort.id,
    descending: sort.desc,
    page: Math.min(page, 100_000),
    pageSize: size,
  });
  const { rows, total } = await listPolicies(viewer, params);
  const mayWrite = viewer.access.canEverywhere("policy.write");
  return (
    <Page layout="fill">
      <PageHeader
        title="Policies"
        description="Rules over what agents may do. The strictest rule that holds wins; every change is a new version."
        actions={
          mayWrite && (
            <Button asChild variant="primary">
              <Link href="/policies/~new">
                <Plus aria-hidden />
                New policy
              </Link>
            </Button>
          )
        }
      />
      <PoliciesTable rows={rows} total={total} mayWrite={mayWrite} />
    </Page>
  );
}
