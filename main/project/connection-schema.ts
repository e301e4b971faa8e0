import { z } from 'zod';

/**
 * `database.json` as far as a rehearsal reads it. Loose: the tenant knows far more options, and a project must
 * not be refused for one that this version has not heard of.
 */
export const connectionFileSchema = z.looseObject({
  name: z.string().min(1),
  strategy: z.string().optional(),
  customScripts: z.record(z.string(), z.string()).optional(),
  options: z
    .looseObject({
      enabledDatabaseCustomization: z.boolean().optional(),
      import_mode: z.boolean().optional(),
      enable_script_context: z.boolean().optional(),
      requires_username: z.boolean().optional(),
      disable_signup: z.boolean().optional(),
      passwordPolicy: z.enum(['none', 'low', 'fair', 'good', 'excellent']).nullish(),
      password_complexity_options: z
        .looseObject({ min_length: z.int().min(1).max(128).optional() })
        .nullish(),
      password_options: z
        .looseObject({
          complexity: z
            .looseObject({
              min_length: z.int().min(1).max(72).optional(),
              character_types: z.array(z.enum(['lowercase', 'uppercase', 'number', 'special'])).optional(),
              character_type_rule: z.enum(['all', 'three_of_four']).optional(),
              identical_characters: z.enum(['allow', 'block']).optional(),
              sequential_characters: z.enum(['allow', 'block']).optional(),
              max_length_exceeded: z.enum(['truncate', 'error']).optional(),
            })
            .optional(),
        })
        .nullish(),
      brute_force_protection: z.boolean().optional(),
      set_user_root_attributes: z.enum(['on_each_login', 'on_first_login', 'never_on_login']).optional(),
      validation: z
        .looseObject({
          username: z
            .looseObject({
              min: z.int().min(1).max(128).optional(),
              max: z.int().min(1).max(128).optional(),
            })
            .nullish(),
        })
        .nullish(),
      attributes: z
        .looseObject({
          username: z
            .looseObject({
              identifier: z.looseObject({ active: z.boolean().optional() }).optional(),
              validation: z
                .looseObject({ min_length: z.int().optional(), max_length: z.int().optional() })
                .optional(),
            })
            .optional(),
        })
        .optional(),
      configuration: z.record(z.string(), z.unknown()).optional(),
      customScripts: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
});
export type ConnectionFile = z.infer<typeof connectionFileSchema>;
