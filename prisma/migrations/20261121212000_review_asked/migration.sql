-- AlterTable
ALTER TABLE "review" ADD COLUMN     "asked_ids" UUID[] DEFAULT ARRAY[]::UUID[];
