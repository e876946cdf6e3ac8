namespace Monitor.Tests.Mqtt;

/// <summary>The numbered statements of MQTT 5.0 and how each is shown; see <see cref="MqttStatement"/>.</summary>
internal static class MqttStatementsOf500
{
    internal const string Table =
"""
1.5.4-1 | @ >30060002C3280001 <E00181 ! | a topic that is no UTF-8
1.5.4-2 4.7.3-2 | @ >30060002610000 >01 <E00181 ! | U+0000 in a topic
1.5.4-3 | see MqttGoldenBytesTests.A_byte_order_mark_is_kept | a byte order mark is text
1.5.5-1 | @ >3006000161800001 <E00181 ! | a length of nought in two bytes
1.5.7-1 | @ >300C000161072600 >01C300016101 <E00181 ! | a user property that is no UTF-8
2.1.3-1 | @ >C100 <E00181 ! | reserved flags
2.2.1-2 | @ >30050001610001 =01 . | no identifier at QoS 0
2.2.1-3 | @ >320700016100000001 <E00182 ! | identifier 0
2.2.1-4 | see MqttServerSessionSubscribeTests.Publishes_to_the_client_keep_within_its_receive_maximum | the server's identifiers
2.2.1-5 | @ >320700016100070001 <40020007 . | PUBACK with the identifier of its PUBLISH
2.2.1-6 | @ >820700070000016101 <900400070001 >A20600080000 >0161 <B00400080000 . | SUBACK and UNSUBACK with theirs
2.2.2-1 | @ >3003000161 <E00181 ! | no property length at all
3.1.0-1 3.14.0-1 | >C000 ! | a packet before CONNECT; no DISCONNECT before CONNACK
3.1.0-2 | @ >100E00044D5154540502003C00000141 <E00182 ! | a second CONNECT
3.1.2-1 | >100E00044D5154580502003C00000141 ! | another protocol's name
3.1.2-2 | >100E00044D5154540602003C00000141 <2003008400 ! | version 6
3.1.2-3 | >100E00044D5154540503003C00000141 ! | the reserved connect flag
3.1.2-4 3.1.4-4 3.1.4-5 3.2.0-1 3.2.2-2 | @ . | Clean Start gives a new session, and CONNACK comes first
3.1.2-5 3.1.2-6 3.2.2-3 | see MqttServerSessionConnectTests.No_session_outlives_its_connection_and_CONNACK_says_so | resuming
3.1.2-7 | see MqttServerSessionConnectTests.The_will_is_left_when_the_client_vanishes_and_not_when_it_says_goodbye | wills
3.1.2-8 | see MqttServerSessionConnectTests.The_will_is_left_when_the_client_vanishes_and_not_when_it_says_goodbye | wills
3.1.2-10 | see MqttServerSessionConnectTests.The_will_is_left_when_the_client_vanishes_and_not_when_it_says_goodbye | wills
3.1.2-9 | >100E00044D5154540506003C00000141 ! | a will flag without a will
3.1.2-11 | >100E00044D515454050A003C00000141 ! | will QoS without a will
3.1.2-12 | >101400044D515454051E003C00000141 >000001610000 ! | will QoS 3
3.1.2-13 | >100E00044D5154540522003C00000141 ! | will retain without a will
3.1.2-14 3.1.2-15 | see AgentPostTests.A_state_is_kept_only_with_its_flag_and_an_empty_one_clears_it | a will, retained or not
3.1.2-16 3.1.2-18 | >101100044D5154540502003C00000141000142 ! | a user name or password without its flag
3.1.2-17 | >100E00044D5154540582003C00000141 ! | a user name flag without a user name
3.1.2-19 | >100E00044D5154540542003C00000141 ! | a password flag without a password
3.1.2-20 | see MqttClientTests.It_pings_after_half_the_keep_alive_and_gives_up_within_one_and_a_half | PINGREQ in time
3.1.2-21 3.2.2-21 | see MqttClientTests.The_servers_keep_alive_decides | Server Keep Alive
3.1.2-22 3.2.2-22 | see MqttServerSessionConnectTests.Silence_of_one_and_a_half_keep_alives_ends_the_session | silence
3.1.2-23 | see MqttServerSessionConnectTests.No_session_outlives_its_connection_and_CONNACK_says_so | the interval kept is 0
4.1.0-2 | see MqttServerSessionConnectTests.No_session_outlives_its_connection_and_CONNACK_says_so | the interval kept is 0
3.1.2-24 3.1.2-25 | see MqttServerSessionSubscribeTests.A_message_larger_than_the_client_takes_is_not_sent | Maximum Packet Size
3.1.2-26 3.1.2-27 3.3.2-11 | none: the server sends no topic aliases | the client's Topic Alias Maximum
3.1.2-28 | none: the server has no Response Information | Request Response Information
3.1.2-29 | none: the server sends neither Reason String nor User Property | Request Problem Information
3.1.2-30 4.12.0-2 4.12.0-3 4.12.0-4 4.12.0-5 | none: neither side speaks enhanced authentication | AUTH
3.1.3-1 | see MqttCodecFuzzTests.Every_packet_type_with_every_property_goes_there_and_back | order of the payload's fields
3.1.3-2 3.1.4-3 | see IntakeTests.The_same_client_on_a_second_connection_ends_the_first | the client id names the session
3.1.3-3 | >100B00044D5154540502003C00 ! | no client id
3.1.3-4 | >100E00044D5154540502003C000001C3 ! | a client id that is no UTF-8
3.1.3-5 | @102400044D5154540502003C000017303132333435363738394142435A61626378797A5F2D30 . | 23 characters
3.1.3-6 3.1.3-7 3.2.2-16 | see MqttServerSessionConnectTests.A_client_without_identifier_gets_one_in_5 | no client id given
3.1.3-8 | see IntakeTests.A_client_whose_name_is_no_id_is_not_let_in | a client id that is rejected
3.1.3-9 | see AgentPostTests.A_will_that_waits_is_not_published_where_the_agent_is_back_by_then | Will Delay Interval
3.1.3-10 | none: wills are kept as states and forwarded to nobody | order of a will's user properties
3.1.3-11 | >101400044D5154540506003C00000141000001C30000 ! | a will topic that is no UTF-8
3.1.3-12 | >101100044D5154540582003C000001410001C3 ! | a user name that is no UTF-8
3.1.4-1 | >100800044D5154540502 >0000 ! | a CONNECT that ends too early
3.1.4-2 3.2.2-6 3.2.2-7 | >100F00044D5154540502003C0000026E6F <2003008600 ! | a client that is refused
3.1.4-6 | >100F00044D5154540502003C0000026E6F30050001610001 <2003008600 ! = | what comes behind a refused CONNECT
3.2.0-2 | @ >C000 <D000 . | one CONNACK
3.2.2-1 | client @2003020000 ! | reserved acknowledge flags
3.2.2-4 | client @2003010000 ! | a session present that was to begin anew
3.2.2-5 3.3.1-1 4.4.0-1 4.6.0-1 | none: client and server keep no session, so nothing is sent a second time | resending
3.2.2-8 | client @2003000500 ! | a connect reason code that does not exist
3.2.2-9 3.2.2-10 3.2.2-12 3.2.2-13 | none: the server takes QoS 0, 1 and 2 and retains | a server that does not
3.2.2-11 3.2.2-14 3.2.2-15 | see MqttClientTests.What_the_server_does_not_take_is_not_sent | the server's limits
3.2.2-17 3.2.2-18 3.3.2-9 3.3.2-10 | none: the client sends no topic aliases and takes none | the client's aliases
3.2.2-19 3.2.2-20 | none: CONNACK never has a Reason String or User Property | their size
3.3.1-2 | @ >38050001610001 <E00181 ! | DUP at QoS 0
3.3.1-3 3.3.1-12 3.3.1-13 | none: no client's message is forwarded to another | DUP and RETAIN of what is forwarded
3.3.1-4 | @ >360700016100010001 <E00181 ! | QoS 3
3.3.1-5 3.3.1-6 3.3.1-7 3.3.1-8 | see AgentPostTests.A_state_is_kept_only_with_its_flag_and_an_empty_one_clears_it | RETAIN
3.3.1-9 3.3.1-10 3.3.1-11 3.8.4-4 | see AgentPostTests.A_kept_state_is_sent_as_Retain_Handling_says | Retain Handling
3.3.2-1 | @ >300100 <E00181 ! | no topic
3.3.2-2 4.7.0-1 | @ >30050001230001 <E00190 ! | a wildcard in a topic
3.3.2-3 3.8.4-8 4.8.2-3 | see AgentPostTests.A_receipt_follows_the_commit | what a subscriber gets
3.3.2-4 3.3.2-5 3.3.2-6 3.3.2-15 3.3.2-16 3.3.2-17 3.3.2-18 3.3.2-20 | none: no client's message is forwarded | properties
3.3.2-7 | @ >3007000003230001 >01 <E00182 ! | an alias that this connection was never given
3.3.2-8 | @ >3008000161032300 >0001 <E00194 ! | alias 0
3.3.2-12 | @ >300800016103230001 >01 =01 >3008000162032300 >0202 =02 >300700000323000203 =03 . | aliases 1 and 2 of 2
3.3.2-13 | @ >3009000161040800 >01C301 <E00181 ! | a response topic that is no UTF-8
3.3.2-14 | @ >3009000161040800 >012301 <E00182 ! | a wildcard in a response topic
3.3.2-19 | @ >3009000161040300 >01C301 <E00181 ! | a content type that is no UTF-8
3.3.4-1 4.3.2-4 | @ >30050001610001 >320700016100010002 <40020001 >340700016100020003 <50020002 >62020002 <70020002 . | QoS
4.3.3-8 4.3.3-11 | @ >30050001610001 >320700016100010002 <40020001 >340700016100020003 <50020002 >62020002 <70020002 . | QoS
3.3.4-2 | see MqttServerSessionSubscribeTests.Every_filter_gets_its_own_code_in_order | overlapping filters
3.3.4-3 3.3.4-4 3.3.4-5 | @ >82090001020B010001 >6101 <E001A1 ! | subscription identifiers are refused
3.3.4-6 | @ >3007000161020B01 >01 <E00182 ! | a client's message with a subscription identifier
3.3.4-7 4.9.0-1 4.9.0-2 | see MqttClientTests.The_window_is_the_smaller_of_own_and_the_servers_receive_maximum | Receive Maximum
3.3.4-8 | see MqttClientTests.A_publish_above_the_window_is_not_sent | what does not wait for the window
3.3.4-9 | see MqttServerSessionSubscribeTests.Publishes_to_the_client_keep_within_its_receive_maximum | the server's window
3.3.4-10 4.9.0-3 | see MqttServerSessionPublishTests.No_answer_leaves_before_its_commit_and_a_ping_does_not_wait_for_it | pings
3.4.2-1 | @ >4003000105 <E00181 ! | a PUBACK code that does not exist
3.4.2-2 3.4.2-3 3.5.2-2 3.5.2-3 3.6.2-2 3.6.2-3 3.7.2-2 3.7.2-3 | none: no answer has a Reason String or User Property | size
3.5.2-1 | @ >5003000105 <E00181 ! | a PUBREC code that does not exist
3.6.1-1 | @ >60020001 <E00181 ! | reserved flags of PUBREL
3.6.2-1 | @ >6203000105 <E00181 ! | a PUBREL code that does not exist
3.7.2-1 | @ >7003000105 <E00181 ! | a PUBCOMP code that does not exist
3.8.1-1 | @ >800700010000016101 <E00181 ! | reserved flags of SUBSCRIBE
3.8.3-1 | @ >82070001000001C301 <E00181 ! | a filter that is no UTF-8
3.8.3-2 | @ >8203000100 <E00182 ! | a SUBSCRIBE without a filter
3.8.3-3 | none: no client's message is forwarded, to itself neither | No Local
3.8.3-4 | @ >8210000100000A2473686172652F672F6105 <E00182 ! | No Local on a shared subscription
3.8.3-5 | @ >820700010000016141 <E00181 ! | reserved bits of a subscription
3.8.4-1 3.8.4-2 3.8.4-7 3.9.3-2 | @ >820700020000016101 <900400020001 . | SUBACK
3.8.4-3 | @ >820700010000016100 <900400010000 >820700020000016101 <900400020001 . | the same filter again
3.8.4-5 3.8.4-6 3.9.3-1 | @ >820B0001000001780100016101 <90050001008701 . | two filters in one
3.9.2-1 3.9.2-2 3.11.2-1 3.11.2-2 | none: SUBACK and UNSUBACK never have a Reason String or User Property | their size
3.10.1-1 | @ >A006000100000161 <E00181 ! | reserved flags of UNSUBSCRIBE
3.10.3-1 | @ >A2060001000001C3 <E00181 ! | a filter to end that is no UTF-8
3.10.3-2 | @ >A203000100 <E00182 ! | an UNSUBSCRIBE without a filter
3.10.4-1 | @ >820700010000016101 <900400010001 >A20600020000012B <B00400020011 >A206000300000161 <B00400030000 . | literally
3.10.4-2 | see MqttServerSessionSubscribeTests.What_is_on_its_way_is_finished_after_the_subscription_ended | after UNSUBSCRIBE
3.10.4-3 | see MqttServerSessionSubscribeTests.What_is_on_its_way_is_finished_after_the_subscription_ended | after UNSUBSCRIBE
3.10.4-4 3.10.4-5 3.11.3-2 | @ >A206000900000161 <B00400090011 . | UNSUBACK, though there was nothing to end
3.10.4-6 3.11.3-1 | @ >820700010000016101 <900400010001 >A2090002000001620001 >61 <B0050002001100 . | two to end in one
3.12.4-1 | @ >C000 <D000 . | PINGRESP
3.14.1-1 | @ >E100 <E00181 ! | reserved flags of DISCONNECT
3.14.2-1 | @ >E00105 <E00181 ! | a DISCONNECT code that does not exist
3.14.2-2 3.14.2-3 3.14.2-4 | none: a DISCONNECT of this server has a reason code and nothing else | its properties
3.14.4-1 3.14.4-2 | client @ leave <E000 ! | nothing after DISCONNECT
3.14.4-3 | see MqttServerSessionConnectTests.The_will_is_left_when_the_client_vanishes_and_not_when_it_says_goodbye | no will
3.15.1-1 | @ >F100 <E00181 ! | reserved flags of AUTH
3.15.2-1 | @ >F00105 <E00181 ! | an AUTH code that does not exist
3.15.2-2 3.15.2-3 4.12.1-1 4.12.1-2 | none: neither side sends AUTH | AUTH
4.1.0-1 | @ >820700010000016101 <900400010001 >C000 <D000 >A206000200000161 <B00400020000 . | kept while the connection lasts
4.2.0-1 | see ForeignAgentTests.Mosquitto_pub_comes_by_certificate | TCP, TLS
4.3.1-1 | client @ pub0 <30050001610001 | QoS 0
4.3.2-1 4.3.2-2 | client @ pub1 <320700016100010001 pub1 <320700016100020001 | QoS 1, sent
4.3.2-3 | see MqttClientTests.A_broken_connection_fails_every_publish_and_signals | unacknowledged until PUBACK
4.3.2-5 | @ >320700016100010001 <40020001 =01 >3A0700016100010002 <40020001 =02 . | an identifier that is free again
4.3.3-1 4.3.3-2 4.3.3-3 4.3.3-4 4.3.3-5 4.3.3-6 4.3.3-7 | none: neither side sends at QoS 2 | the sender at QoS 2
4.3.3-9 | @ >340700016100010097 <5003000197 =97 >340700016100010001 <50020001 =01 . | free again after a refusal
4.3.3-10 | @ >340700016100010001 <50020001 =01 >3C0700016100010001 <50020001 = . | handed over once
4.3.3-12 | @ >340700016100010001 <50020001 =01 >62020001 <70020001 >340700016100010002 <50020001 =02 . | free again after PUBCOMP
4.3.3-13 | none: messages of clients are stored, they do not expire | expiry at QoS 2
4.4.0-2 | client @ pub1 <320700016100010001 >4003000197 leave <E000 ! | a refusal is an answer
4.5.0-1 4.6.0-5 4.6.0-6 | none: no client's message is forwarded to another | subscribers' sessions
4.5.0-2 4.6.0-2 | see MqttClientTests.Acknowledgements_leave_in_the_order_of_arrival | PUBACK of what the client gets
4.6.0-3 4.6.0-4 | none: the client subscribes at QoS 0 and 1 | PUBREC and PUBREL of the client
4.7.1-1 | @ >82080001000002612301 <E0018F ! | # within a level
4.7.1-2 | @ >82080001000002612B01 <E0018F ! | + within a level
4.7.2-1 4.7.3-4 | see MqttTopicFilterComparerTests.A_filter_takes_what_the_standard_says | matching
4.7.3-1 | @ >8206000100000001 <E0018F ! | an empty filter
4.7.3-3 | none: a length of two bytes cannot say more | 65,535 bytes
4.8.2-1 4.8.2-2 | @ >8210000100000A2473686172652F672F6101 <90040001009E . | shared subscriptions are refused
4.8.2-4 4.8.2-5 4.8.2-6 | @ >8210000100000A2473686172652F672F6101 <90040001009E . | shared subscriptions are refused
4.12.0-1 | see MqttServerSessionConnectTests.Enhanced_authentication_is_refused | an Authentication Method
4.12.0-6 4.12.0-7 | @ >F000 <E00182 ! | AUTH out of place
4.13.1-1 4.13.2-1 | @ >0000 <E00181 ! | a packet type that does not exist
6.0.0-1 6.0.0-2 6.0.0-3 6.0.0-4 | none: WebSockets are not spoken | WebSockets
""";
}
