import type { SecurityRegister } from '../contract.ts';
import type { Database } from '../schema/tables.ts';

const notBuilt = async (): Promise<never> => {
  throw new Error('the security register is not built yet');
};

export function openSecurity(_db: Database): SecurityRegister {
  return {
    importScan: notBuilt,
    scans: notBuilt,
    findings: notBuilt,
    finding: notBuilt,
    exposure: notBuilt,
    trend: notBuilt,
    figures: notBuilt,
    excerpt: notBuilt,
    assets: notBuilt,
    putAssets: notBuilt,
    renameAsset: notBuilt,
    suppress: notBuilt,
    endSuppression: notBuilt,
    suppressions: notBuilt,
    alarms: notBuilt,
    judgeAlarm: notBuilt,
  };
}
