// SPDX-License-Identifier: Apache-2.0
import { graphqlCases } from '../lib/graphql-cases.mjs';

graphqlCases('lambda', { options: { authMode: 'lambda', authToken: 'open-sesame' } });
