import type { ReactNode } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";

interface SectionProps {
  title: string;
  description?: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** One part of the evidence. */
export function Section({ title, description, actions, children }: SectionProps) {
  return (
    <Card>
      <CardHeader title={title} description={description} actions={actions} />
      <CardBody className="flex flex-col gap-4">{children}</CardBody>
    </Card>
  );
}
