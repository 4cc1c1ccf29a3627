notice-said-replied = You have a new answer
notice-replied = My own ticket was answered, and no mail brings the answer
texts-replied = An answer that no other mail brings
