import { InputError, type SqlPort } from '../../contract.ts';
import { messageOf, placeOf, withoutSecrets } from './faults.ts';
import { queryMysql } from './mysql-client.ts';
import { queryPostgresql } from './postgresql-client.ts';
import { openSession } from './session/open-session-client.ts';

const drivers = { postgresql: queryPostgresql, mysql: queryMysql };

export const sqlClient: SqlPort = {
  open: openSession,
  async query(request) {
    const place = placeOf(request.driver, request.url);
    request.signal.throwIfAborted();
    try {
      return await drivers[request.driver](request);
    } catch (error) {
      // Without `cause`: what a driver attaches to its errors may hold the password.
      if (error instanceof InputError) throw error;
      throw new InputError(`${request.driver} at ${place}: ${withoutSecrets(messageOf(error), request.url)}`);
    }
  },
};
