import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";

import { webhookOf } from "./webhook-of";

interface WebhookLayoutProps {
  params: Promise<{ id: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: WebhookLayoutProps): Promise<Metadata> {
  return { title: (await webhookOf((await params).id))?.name ?? "Not found" };
}

/** Decides above `loading.tsx` whether there is such a webhook: once a skeleton is on its way, the answer can no longer be a 404. */
export default async function WebhookLayout({ params, children }: WebhookLayoutProps) {
  if ((await webhookOf((await params).id)) === null) notFound();
  return children;
}
